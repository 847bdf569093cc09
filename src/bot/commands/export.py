"""/export: all content as one .zip that an import takes back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.services import exporting, moving
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import send_file

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context


PEOPLE = {"people", "用户", "人"}
# All of these are in the one file.
FORMATS = {"", "all", "content", "zip", "csv", "json", "jsonl", "opml"}


async def run(update: Update, context: Context) -> None:
    if context.chat.kind != "private":
        raise UserError("It is for you alone: please ask me in our private chat.")
    wanted = (context.args or [""])[0].lower()
    if wanted not in PEOPLE | FORMATS:
        raise UserError("There is /export for all content, and /export people for another bot.")
    context.later(update, (_send_people if wanted in PEOPLE else _send)(update, context))


async def _send_people(update: Update, context: Context) -> None:
    file = await moving.pack(context.tools.db)
    caption = context.texts.say(
        "What everybody set here: subscriptions, zones, mutes, votes. A bot with another token "
        "takes it by /import. It is about people: keep it to yourself."
    )
    await send_file(context.bot, update, replace(file, caption=caption))


async def _send(update: Update, context: Context) -> None:
    file = await exporting.pack(context.tools.db)
    caption = context.texts.say(
        "Jokes, reports, headlines and feeds, with tables (CSV) and a list of the feeds (OPML) for "
        "other programs. /import takes it back. For what people set here there is /export people."
    )
    await send_file(context.bot, update, replace(file, caption=caption))


COMMAND = Command(
    name="export",
    summary=mark("all content as one file; /export people for another bot"),
    run=run,
    needs="admin",
    panel=mark("📦 Export"),
)
