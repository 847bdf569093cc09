"""/about: what this is, and the reader's own numeric id, which a host needs for BOT_ADMINS."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from bot.models.messages import Message
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    person = update.effective_user
    html = context.texts.html(
        "<b>Quipwire {version}</b>: jokes, headlines and long reports. Every sentence of a summary"
        " stands in its source, word for word.\n\nYour numeric id: <code>{id}</code>",
        version=version("quipwire"),
        id=person.id if person else "–",
    )
    await reply(context.bot, update, Message(html))


COMMAND = Command(name="about", summary=mark("what this is, and your numeric id"), run=run)
