"""Sharing: `@bot joke-12` offers that joke, `@bot cats` a few about cats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineQueryResultArticle, InputTextMessageContent
from telegram.constants import ParseMode
from telegram.ext import InlineQueryHandler

from bot.errors import UserError
from bot.render import jokes as render
from bot.render import reports as render_reports
from bot.render.split import clip
from bot.services import jokes, reports
from bot.tg.sender import offer
from bot.words.numbers import whole

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
    try:
        found = await _found(context, query.query.strip())
    except UserError:  # a report that is gone: there is nobody to say it to
        found = []
    await offer(query, found)


async def _found(context: Context, asked: str) -> list[InlineQueryResultArticle]:
    tools = context.tools
    kind, _, rest = asked.partition("-")
    number = whole(rest)
    if kind == "report" and number is not None:
        return [await _report(context, number)]
    if kind == "joke" and number is not None:
        joke = await jokes.find(tools.db, number)
        return [_joke(joke)] if joke else []
    matching = await jokes.matching(tools.db, context.chat.language, asked, OFFERED)
    return [_joke(joke) for joke in matching]


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
