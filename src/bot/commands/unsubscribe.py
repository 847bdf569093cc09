"""/unsubscribe, or simply "stop" in a private chat: asks once, then nothing comes any more."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from bot.commands.subscribe import NOT_YOURS
from bot.render import subscriptions as render
from bot.services import subscriptions
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.members import in_charge
from bot.tg.sender import put, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    person = update.effective_user
    known = await subscriptions.known_to(
        context.tools.db, context.chat, person.id if person else None
    )
    await reply(context.bot, update, render.stop(known, context.texts))


async def press(update: Update, context: Context, data: str) -> str | None:
    """`all` ends what this chat has, `undo:moment` brings back what ended then."""
    if not await in_charge(update, context):
        return context.texts.say(NOT_YOURS)
    tools, texts, chat_id = context.tools, context.texts, context.chat.id
    act, _, moment = data.partition(":")
    if act == "all":
        now = tools.now()
        many = await subscriptions.remove_all(tools.db, chat_id, now)
        message = render.all_stopped(many, now, texts)
    else:
        then = datetime.fromisoformat(moment)
        found = await subscriptions.restore_all(tools.db, chat_id, then, tools.now())
        message = render.listed(found, texts)
    await put(context.bot, update, message)
    return None


COMMAND = Command(
    name="unsubscribe",
    summary=mark("no more digests"),
    run=run,
    words=("stop", "unsubscribe", "退订", "取消订阅", "停", "停止", "别发", "别再发", "不要再发"),
    buttons={"unsubscribe": press},
)
