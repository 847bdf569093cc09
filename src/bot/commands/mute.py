"""/mute: words, sources and topics that a chat does not want to hear of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.follow import kept, pressed, typed
from bot.render import interests as render
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    wanted = await typed(update, context, "mute")
    if wanted is None:
        return
    interest, days = wanted
    message = (await kept(update, context, interest, days) if days
               else render.asked(interest, context.texts))  # fmt: skip
    await reply(context.bot, update, message)


async def press(update: Update, context: Context, data: str) -> str | None:
    return await pressed(update, context, "mute", data)


COMMAND = Command(
    name="mute",
    summary=mark("what you don't want to hear of: /mute football"),
    run=run,
    buttons={"mute": press},
)
