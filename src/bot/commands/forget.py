"""/forget: everything kept of this chat and this person goes, after a confirmation."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.models.messages import Button, Message
from bot.services import traces
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.members import in_charge
from bot.tg.menus import publish_for
from bot.tg.sender import put, reply, send_file

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context

NOT_YOURS = mark("Only this chat's admins can have it forgotten.")
ASK = mark(
    "Shall I forget everything about you: subscriptions, what you follow and mute, what you saved, "
    "votes, summaries, which jokes and news you know? This can't be undone."
)
# What its members saved and voted is each one's own.
ASK_GROUP = mark(
    "Shall I forget everything about this chat: subscriptions, what you follow and mute, "
    "summaries, which jokes and news you know? This can't be undone."
)


async def run(update: Update, context: Context) -> None:
    person, texts = update.effective_user, context.texts
    if person is None or not await in_charge(update, context):
        raise UserError(NOT_YOURS)
    ask = ASK if context.chat.kind == "private" else ASK_GROUP
    rows = (
        (Button(texts.say("Send me a copy first"), "forget:copy"),),
        (
            Button(texts.say("Forget everything"), "forget:all"),
            Button(texts.say("Keep"), "forget:keep"),
        ),
    )
    await reply(context.bot, update, context.bound(update, Message.of(texts.say(ask), rows)))


async def press(update: Update, context: Context, what: str) -> str | None:
    person, tools, texts = update.effective_user, context.tools, context.texts
    if person is None or not await in_charge(update, context):
        return texts.say(NOT_YOURS)
    chat = context.chat
    who = person.id if chat.kind == "private" else None
    if what == "copy":
        await send_file(context.bot, update, await traces.copy(tools.db, chat.id, who))
    elif what == "all":
        role = await tools.role_of(person.id)
        await traces.forget(tools.db, chat.id, who)
        tools.gate.forget(chat.id)
        if role and who:
            await _take_menu(context, who)
        done = texts.say("Forgotten. Whenever you like, we start anew with /start.")
        await put(context.bot, update, Message.of(done))
    else:
        await put(context.bot, update, Message.of(texts.say("Nothing was forgotten.")))
    return None


async def _take_menu(context: Context, person: int) -> None:
    """Whoever was granted a role has it no more; owners stand in the settings."""
    tools = context.tools
    role = await tools.role_of(person)
    await publish_for(context.bot, tools.roll, person, role, tools.settings.language)


COMMAND = Command(
    name="forget",
    summary=mark("have everything about you forgotten"),
    run=run,
    buttons={"forget": press},
    confirms=timedelta(minutes=10),
)
