"""Sharing: `@bot joke-12` offers that joke, `@bot cats` a few about cats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineQueryResultArticle, InputTextMessageContent
from telegram.constants import ParseMode
from telegram.ext import InlineQueryHandler

from bot.render import jokes as render
from bot.render import reports as render_reports
from bot.render.split import clip
from bot.services import jokes, reports

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.jokes import Joke
    from bot.models.messages import Message
    from bot.tg.command import AnyHandler
    from bot.tg.context import Context

OFFERED = 5
TITLE_UNITS = 64


async def run(update: Update, context: Context) -> None:
    query = update.inline_query
    if query is None:
        return
    kind, _, rest = query.query.strip().partition("-")
    if kind == "report" and rest.isdecimal():
        found = [await _report(context, int(rest))]
    elif kind == "joke" and rest.isdecimal():
        joke = await jokes.find(context.tools.db, int(rest))
        found = [_joke(joke)] if joke else []
    else:
        language, word = context.chat.language, query.query.strip()
        matching = await jokes.matching(context.tools.db, language, word, OFFERED)
        found = [_joke(joke) for joke in matching]
    await query.answer(found, cache_time=0, is_personal=True)


async def _report(context: Context, report_id: int) -> InlineQueryResultArticle:
    tools = context.tools
    report = await reports.find(tools.db, report_id)
    reading = await reports.read(tools.db, tools.children, report)
    message = render_reports.summary(report, reading, context.texts, render_reports.LENGTHS[0])
    return _article(f"report-{report.id}", report.title, message)


def _joke(joke: Joke) -> InlineQueryResultArticle:
    return _article(f"joke-{joke.id}", joke.text, render.alone(joke))


def _article(key: str, title: str, message: Message) -> InlineQueryResultArticle:
    content = InputTextMessageContent(str(message.html), ParseMode.HTML)
    return InlineQueryResultArticle(key, clip(title, TITLE_UNITS), content)


HANDLERS: tuple[AnyHandler, ...] = (InlineQueryHandler(run),)
