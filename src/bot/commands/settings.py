"""/settings: the chat's language; in groups it is their admins' choice."""

from __future__ import annotations

from dataclasses import replace
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

    from bot.models.chats import Chat
    from bot.tg.context import Context

NOT_YOURS = mark("Only this chat's admins can change its settings.")
QUIET = (QuietHours(22, 7), QuietHours(23, 8), QuietHours(0, 9))
NAMES = {"en": "English", "zh": "中文"}


async def run(update: Update, context: Context) -> None:
    quiet = await _quiet(context)
    await reply(context.bot, update, _choice(context.texts, quiet, context.chat))


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
    if place:
        await put(context.bot, update, start.welcome(texts))
    else:
        await put(context.bot, update, _choice(texts, await _quiet(context), context.chat))
    return texts.say("From now on in English.")


async def hush(update: Update, context: Context, data: str) -> str | None:
    """`start-end` in hours, or `off`: nothing comes by itself between them."""
    if not await in_charge(update, context):
        return context.texts.say(NOT_YOURS)
    hours = next((each for each in QUIET if _hours(each) == data), None)
    await chats.keep_quiet(context.tools.db, context.chat.id, hours)
    await put(context.bot, update, _choice(context.texts, hours, context.chat))
    return None


async def bare(update: Update, context: Context, data: str) -> str | None:
    """`on` or `off`: whether a /report without @us is for us in this group."""
    if not await in_charge(update, context):
        return context.texts.say(NOT_YOURS)
    chat = replace(context.chat, bare_report=data == "on")
    await chats.answer_bare_report(context.tools.db, chat.id, on=chat.bare_report)
    context.tools.gate.forget(chat.id)
    await put(context.bot, update, _choice(context.texts, await _quiet(context), chat))
    return None


async def _quiet(context: Context) -> QuietHours | None:
    return await chats.quiet(context.tools.db, context.chat.id)


def _hours(quiet: QuietHours | None) -> str:
    return f"{quiet.start}-{quiet.end}" if quiet else "off"


def _choice(texts: Texts, quiet: QuietHours | None, chat: Chat) -> Message:
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
    if chat.kind == "private":
        return Message.of(text, (row, hours))
    more = texts.say("Other bots may take /report for a call to the moderators, so I leave it be.")
    answered = Button(
        ticked(texts.say("Answer /report"), chat.bare_report),
        f"bare:{'off' if chat.bare_report else 'on'}",
    )
    return Message.of(f"{text}\n{more}", (row, hours, (answered,)))


COMMAND = Command(
    name="settings",
    summary=mark("the language I speak here, and quiet hours"),
    run=run,
    words=("settings", "language", "设置", "语言"),
    buttons={"speak": speak, "hush": hush, "bare": bare},
    in_menu=True,
)
