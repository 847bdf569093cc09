"""/headlines: pages of five, by topic or word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.render import headlines as render
from bot.services import feeds, news
from bot.texts import mark
from bot.tg.arguments import argument
from bot.tg.command import Command
from bot.tg.sender import put, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.messages import Message
    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    wanted = argument(context).lower()
    context.later(update, _answer(update, context, wanted))


async def open_first(update: Update, context: Context, _: str) -> None:
    """The first page in a message of its own, from a button elsewhere."""
    context.later(update, _answer(update, context, ""))


async def turn(update: Update, context: Context, data: str) -> None:
    offset, language, wanted = data.split(":", 2)
    context.later(update, _turn(update, context, language, wanted, int(offset)))


async def topics(update: Update, context: Context, language: str) -> None:
    tools = context.tools
    known = await news.topics(tools.db, language, samples=tools.samples)
    await put(context.bot, update, render.topics(known, context.texts, language))


async def _answer(update: Update, context: Context, wanted: str) -> None:
    message = await _page(context, context.chat.language, wanted, 0)
    await reply(context.bot, update, message)


async def _turn(update: Update, context: Context, language: str, wanted: str, offset: int) -> None:
    await put(context.bot, update, await _page(context, language, wanted, offset))


async def _page(context: Context, language: str, wanted: str, offset: int) -> Message:
    tools, texts = context.tools, context.texts
    page = await news.page(
        tools.db, tools.children, language,
        wanted=wanted, offset=offset, samples=tools.samples, web=tools.web,
    )  # fmt: skip
    if page.headlines:
        return render.page(page, texts, tools.now())
    known = await news.topics(tools.db, language, samples=tools.samples)
    first = await feeds.first_news(tools.db, samples=tools.samples)
    return render.none(page, texts, known, first - tools.now() if first else None)


COMMAND = Command(
    name="headlines",
    summary=mark("the news, or a part of it: /headlines science"),
    run=run,
    buttons={"headlines": open_first, "news": turn, "topics": topics},
    in_menu=True,
)
