"""/settings: the chat's language; in groups it is their admins' choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import start
from bot.models.messages import Button, Message
from bot.services import chats
from bot.texts import CATALOGUES, Texts, mark
from bot.tg.command import Command
from bot.tg.members import in_charge
from bot.tg.sender import put, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context

NAMES = {"en": "English", "zh": "中文"}


async def run(update: Update, context: Context) -> None:
    await reply(context.bot, update, _choice(context.texts))


async def speak(update: Update, context: Context, data: str) -> str | None:
    """`language`, or `language:start` from under the welcome: changed at once, shown in place."""
    language, _, place = data.partition(":")
    if language not in CATALOGUES:
        return None
    if not await in_charge(update, context):
        return context.texts.say("Only this chat's admins can change its settings.")
    await chats.speak(context.tools.db, context.chat.id, language)
    context.tools.gate.forget(context.chat.id)
    texts = Texts(language)
    await put(context.bot, update, start.welcome(texts) if place else _choice(texts))
    return texts.say("From now on in English.")


def _choice(texts: Texts) -> Message:
    marked = {language: " ✓" if language == texts.language else "" for language in CATALOGUES}
    row = tuple(Button(NAMES[key] + tick, f"speak:{key}") for key, tick in marked.items())
    return Message.of(texts.say("Which language shall I speak here?"), (row,))


COMMAND = Command(
    name="settings",
    summary=mark("the language I speak here"),
    run=run,
    buttons={"speak": speak},
    in_menu=True,
)
