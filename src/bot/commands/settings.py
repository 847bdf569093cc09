"""/settings: the chat's language; in groups it is their admins' choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import start
from bot.models.messages import Button, Message
from bot.models.subscriptions import QuietHours
from bot.render.pages import ticked
from bot.services import chats
from bot.texts import CATALOGUES, Texts, mark
from bot.tg.command import Command
from bot.tg.members import in_charge
from bot.tg.sender import put, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context

NOT_YOURS = mark("Only this chat's admins can change its settings.")
QUIET = (QuietHours(22, 7), QuietHours(23, 8), QuietHours(0, 9))
NAMES = {"en": "English", "zh": "中文"}


async def run(update: Update, context: Context) -> None:
    await reply(context.bot, update, _choice(context.texts, await _quiet(context)))


async def speak(update: Update, context: Context, data: str) -> str | None:
    """`language`, or `language:start` from under the welcome: changed at once, shown in place."""
    language, _, place = data.partition(":")
    if language not in CATALOGUES:
        return None
    if not await in_charge(update, context):
        return context.texts.say(NOT_YOURS)
    await chats.speak(context.tools.db, context.chat.id, language)
    context.tools.gate.forget(context.chat.id)
    texts = Texts(language)
    message = start.welcome(texts) if place else _choice(texts, await _quiet(context))
    await put(context.bot, update, message)
    return texts.say("From now on in English.")


async def hush(update: Update, context: Context, data: str) -> str | None:
    """`start-end` in hours, or `off`: nothing comes by itself between them."""
    if not await in_charge(update, context):
        return context.texts.say(NOT_YOURS)
    hours = next((each for each in QUIET if _hours(each) == data), None)
    await chats.keep_quiet(context.tools.db, context.chat.id, hours)
    await put(context.bot, update, _choice(context.texts, hours))
    return None


async def _quiet(context: Context) -> QuietHours | None:
    return await chats.quiet(context.tools.db, context.chat.id)


def _hours(quiet: QuietHours | None) -> str:
    return f"{quiet.start}-{quiet.end}" if quiet else "off"


def _choice(texts: Texts, quiet: QuietHours | None) -> Message:
    row = tuple(
        Button(ticked(NAMES[each], each == texts.language), f"speak:{each}") for each in CATALOGUES
    )
    names: dict[QuietHours | None, str] = {None: "🌙 " + texts.say("None")}
    names |= {each: f"{each.start}–{each.end}" for each in QUIET}
    hours = tuple(
        Button(ticked(name, each == quiet), f"hush:{_hours(each)}") for each, name in names.items()
    )
    text = texts.say(
        "Which language shall I speak here? And in which hours shall nothing come by itself?"
    )
    return Message.of(text, (row, hours))


COMMAND = Command(
    name="settings",
    summary=mark("the language I speak here, and quiet hours"),
    run=run,
    buttons={"speak": speak, "hush": hush},
    in_menu=True,
)
