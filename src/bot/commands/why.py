"""/why: how stories find their way into this chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models.messages import Message
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    text = context.texts.say(
        "A story stands higher the more sources tell it and the newer it is; what you /follow "
        "comes first, what you /mute stays away. For one story, press its number under "
        "/headlines, then “Why?”."
    )
    await reply(context.bot, update, Message.of(text))


COMMAND = Command(
    name="why",
    summary=mark("how stories find their way here"),
    run=run,
)
