"""/health: what waits, what failed, what is full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.render import health as render
from bot.services import health
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import put, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.messages import Message
    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    await reply(context.bot, update, await _shown(update, context))


async def press(update: Update, context: Context, act: str) -> str | None:
    """`again` sends the uncertain ones again; all else looks anew."""
    tools, said = context.tools, None
    if act == "again":
        sent = await health.send_parked(tools.db, tools.now())
        said = context.texts.plural("{n} is sent again.", "{n} are sent again.", sent)
        if not sent:
            said = context.texts.say("Those are announcements: decide below each of them.")
    await put(context.bot, update, await _shown(update, context))
    return said


async def _shown(update: Update, context: Context) -> Message:
    tools = context.tools
    answered = (*tools.inbox.answered, update.update_id)
    found = await health.check(tools.db, tools.settings, context.bot.id, answered, tools.now())
    return context.bound(update, render.message(found, context.texts, tools.now()))


COMMAND = Command(
    name="health",
    summary=mark("what waits, what failed, what is full"),
    run=run,
    buttons={"health": press},
    needs="admin",
    panel=mark("🩺 Health"),
)
