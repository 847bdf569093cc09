"""/broadcast: the message it answers goes to many chats, with a hand on it all the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from telegram.error import BadRequest

from bot.errors import UserError
from bot.models.announcements import Audience
from bot.models.messages import Copy
from bot.render import announcements as render
from bot.services import announcements
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import deliver, put, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.announcements import Announcement
    from bot.tg.context import Context

HOW = mark("Write what you want to announce, then answer that message with /broadcast.")
ALONE = mark("An announcement is prepared between the two of us: please do that in private.")
NOT_COPIED = mark("Telegram doesn't let me pass that kind of message on. Try a text or a picture.")


async def run(update: Update, context: Context) -> None:
    """A copy as everybody will see it: later changes of the original don't change what is sent."""
    message, by = update.message, update.effective_user
    if context.chat.kind != "private":
        raise UserError(ALONE)
    if message is None or by is None or message.reply_to_message is None:
        raise UserError(HOW)
    source = Copy(context.chat.id, message.reply_to_message.message_id)
    try:
        copied = await deliver(context.bot, context.chat.id, source)
    except BadRequest as error:
        raise UserError(NOT_COPIED) from error
    seen, db, now = replace(source, message_id=copied or 0), context.tools.db, context.tools.now()
    one = await announcements.draft(db, by.id, seen, Audience(), now)
    await _show_draft(update, context, one)


async def press(update: Update, context: Context, data: str) -> None:
    """`id:act`, and for `to` and `in` whom."""
    key, act, *rest = data.split(":")
    by = update.effective_user
    one = await announcements.find(context.tools.db, int(key), by.id if by else 0)
    if act in {"to", "in"}:
        await _aim(update, context, one, act, rest[0])
        return
    await _act(update, context, one, act)
    await _watch(update, context, one)


async def _aim(update: Update, context: Context, one: Announcement, act: str, what: str) -> None:
    audience = one.audience
    if act == "in":
        audience = replace(audience, language=None if what == render.EVERY else what)
    elif what in render.WHOM:
        audience = replace(audience, whom=what)
    await _show_draft(update, context, await announcements.aim(context.tools.db, one, audience))


async def _act(update: Update, context: Context, one: Announcement, act: str) -> None:
    tools, now = context.tools, context.tools.now()
    pace, zone = tools.settings.messages_per_second, tools.settings.timezone
    if act == "send":
        await announcements.start(tools.db, one, now, pace, zone, update.update_id)
    elif act == "pause":
        await announcements.pause(tools.db, one, now)
    elif act == "resume":
        await announcements.resume(tools.db, one, now, pace, zone)
    elif act == "stop":
        await announcements.cancel(tools.db, one, now)
    elif act == "retract":
        await announcements.retract(tools.db, one, now, pace, update.update_id)
    elif act == "again":
        await announcements.send_unknown(tools.db, one, now, pace, zone)
    elif act == "leave":
        await announcements.leave_unknown(tools.db, one, now)


async def _watch(update: Update, context: Context, one: Announcement) -> None:
    """Show it as it is now; the clock goes on from there."""
    tools, pressed = context.tools, update.effective_message
    one = await announcements.find(tools.db, one.id, one.by)
    await announcements.watch(tools.db, one, pressed.message_id if pressed else None)
    progress = await announcements.progress(tools.db, one, tools.settings.messages_per_second)
    shown = render.panel(one, progress, context.texts)
    await put(context.bot, update, context.bound(update, shown))


async def _show_draft(update: Update, context: Context, one: Announcement) -> None:
    db, language = context.tools.db, one.audience.language
    reach = {whom: await announcements.reach(db, Audience(whom, language)) for whom in render.WHOM}
    seconds = reach[one.audience.whom] / context.tools.settings.messages_per_second
    shown = render.draft(one, reach, timedelta(seconds=seconds), context.texts)
    show = put if update.callback_query else reply
    await show(context.bot, update, context.bound(update, shown))


COMMAND = Command(
    name="broadcast",
    summary=mark("announce the message that you answer"),
    run=run,
    buttons={"cast": press},
    needs="admin",
    panel=mark("📣 Announce"),
)
