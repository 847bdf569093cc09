"""The bot joins a chat or is thrown out, its group becomes a supergroup, a topic opens again."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from telegram import Chat, ChatMember
from telegram.error import BadRequest, Forbidden
from telegram.ext import ChatMemberHandler, MessageHandler, filters

from bot.commands import start
from bot.models.roles import may
from bot.render import subscribing as render
from bot.services import access, chats, outbox
from bot.tg.members import may_post
from bot.tg.sender import reply, send, topic_of

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.command import AnyHandler
    from bot.tg.context import Context

OUT = (ChatMember.LEFT, ChatMember.BANNED)
OPEN_AGAIN = (
    filters.StatusUpdate.FORUM_TOPIC_REOPENED | filters.StatusUpdate.GENERAL_FORUM_TOPIC_UNHIDDEN
)


async def membership(update: Update, context: Context) -> None:
    """Greets a new group; in invite mode only those that an admin added stay."""
    change, tools = update.my_chat_member, context.tools
    if change is None:
        return
    if change.new_chat_member.status in OUT:
        await chats.pause(tools.db, change.chat.id, tools.now())
        return
    await chats.resume(tools.db, change.chat.id)
    role = await tools.role_of(change.from_user.id)
    if may(role, "admin"):
        await access.admit_chat(tools.db, change.chat.id, tools.now())
    elif tools.settings.access == "invite":
        return
    before, after = change.old_chat_member, change.new_chat_member
    if change.chat.type in (Chat.GROUP, Chat.SUPERGROUP) and before.status in OUT:
        await reply(context.bot, update, start.welcome(context.texts))
    elif change.chat.type == Chat.CHANNEL and may_post(after) and not may_post(before):
        # Who never wrote to the bot can't be asked.
        with suppress(Forbidden, BadRequest):
            message = render.there(change.chat.title or "", change.chat.id, context.texts)
            await send(context.bot, change.from_user.id, message)


async def moved(update: Update, context: Context) -> None:
    """Telegram tells it from both ends; the second time there is nothing left to move."""
    message = update.message
    if message is None:
        return
    if message.migrate_to_chat_id:
        await chats.move(context.tools.db, message.chat.id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id:
        await chats.move(context.tools.db, message.migrate_from_chat_id, message.chat.id)
    context.tools.gate.forget(message.chat.id)


async def reopened(update: Update, context: Context) -> None:
    """What its closing had paused goes on; what a person paused does not."""
    if update.message:
        place, tools = update.message.chat.id, context.tools
        await outbox.return_to_place(tools.db, place, topic_of(update), tools.now())


HANDLERS: tuple[AnyHandler, ...] = (
    ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER),
    MessageHandler(filters.StatusUpdate.MIGRATE, moved),
    MessageHandler(OPEN_AGAIN, reopened),
)
