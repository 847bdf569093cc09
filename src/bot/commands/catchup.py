"""/catchup: what happened since this chat last looked, in one message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.render import headlines as render
from bot.services import news
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    context.later(update, _answer(update, context))


async def _answer(update: Update, context: Context) -> None:
    tools, now = context.tools, context.tools.now()
    since, found, more = await news.catch_up(
        tools.db, tools.children, context.chat, now=now, samples=tools.samples, web=tools.web
    )
    message = render.caught_up(since, found, more, context.texts, now)
    await reply(context.bot, update, message)


COMMAND = Command(
    name="catchup",
    summary=mark("what you missed since you last looked"),
    run=run,
)
