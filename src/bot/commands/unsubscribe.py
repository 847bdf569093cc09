"""/unsubscribe, or simply "stop" in a private chat: asks once, then nothing comes any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.render import subscriptions as render
from bot.services import subscriptions
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    person = update.effective_user
    known = await subscriptions.known_to(
        context.tools.db, context.chat, person.id if person else None
    )
    await reply(context.bot, update, render.stop(known, context.texts))


COMMAND = Command(
    name="unsubscribe",
    summary=mark("no more digests"),
    run=run,
)
