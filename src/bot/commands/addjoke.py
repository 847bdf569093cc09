"""/addjoke: a joke after the command, in the message it answers, or in the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import drafts
from bot.services import composing
from bot.texts import mark
from bot.tg.arguments import given
from bot.tg.command import Command

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    text = given(update)
    if text:
        joke = await composing.joke(context.tools.db, text, context.chat.language)
        await drafts.begin(update, context, "jokes", joke)
    else:
        await drafts.begin(update, context, "jokes")


COMMAND = Command(
    name="addjoke",
    summary=mark("put a joke on the shelf"),
    run=run,
    buttons={"draft": drafts.press},
    in_menu=True,
    needs="editor",
    panel=mark("➕ Joke"),
)
