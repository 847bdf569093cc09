"""/export: all content as one .zip that an import takes back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.services import exporting
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import send_file

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    if context.chat.kind != "private":
        raise UserError("It is for you alone: please ask me in our private chat.")
    context.later(update, _send(update, context))


async def _send(update: Update, context: Context) -> None:
    file = await exporting.pack(context.tools.db)
    caption = context.texts.say("Jokes, reports, headlines and feeds. quipwire import takes it.")
    await send_file(context.bot, update, replace(file, caption=caption))


COMMAND = Command(
    name="export",
    summary=mark("all content as one file"),
    run=run,
    needs="admin",
    panel=mark("📦 Export"),
)
