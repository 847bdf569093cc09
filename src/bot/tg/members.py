"""Who may decide for a chat: in groups and channels their admins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import Chat, ChatMember
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden

from bot.errors import UserError
from bot.render.foreign import harmless
from bot.texts import mark
from bot.tg.reading import whole

if TYPE_CHECKING:
    from telegram import Update
    from telegram.ext import ExtBot

    from bot.tg.context import Context

NO_RIGHTS = mark("I can't post in {name}: make me an admin there, then send this again.")
IN_CHARGE = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


async def in_charge(update: Update, context: Context) -> bool:
    """Whether the person may change what concerns all of the chat; an anonymous one may not."""
    chat, person = update.effective_chat, update.effective_user
    if chat is None or person is None or person.is_bot:
        return False
    if chat.type == ChatType.PRIVATE:
        return True
    try:
        return await is_admin(context.bot, chat.id, person.id)
    except BadRequest:  # somebody whom Telegram does not know there
        return False


async def is_admin(bot: ExtBot[bool], chat_id: int, person_id: int) -> bool:
    """What Telegram says now."""
    return (await _member(bot, chat_id, person_id)).status in IN_CHARGE


def may_post(ours: ChatMember) -> bool:
    """Whether the bot may write in a channel, by what it is there."""
    return ours.status in IN_CHARGE and getattr(ours, "can_post_messages", True) is not False


async def channel(bot: ExtBot[bool], name: str | int, person_id: int) -> Chat:
    """A channel in which the bot may post and this person is an admin; a UserError if not."""
    try:
        found = Chat.de_json(await bot._post("getChat", {"chat_id": name}), bot)
        ours = await _member(bot, found.id, bot.id)
        theirs = await is_admin(bot, found.id, person_id)
    except (BadRequest, Forbidden):
        raise UserError(NO_RIGHTS, name=name) from None
    name = name if isinstance(name, str) else harmless(found.title or "")
    if found.type != ChatType.CHANNEL:
        raise UserError("{name} is not a channel: please send /subscribe there.", name=name)
    if not theirs:
        raise UserError("Only admins of {name} can subscribe it.", name=name)
    if not may_post(ours):
        raise UserError(NO_RIGHTS, name=name)
    return found


async def _member(bot: ExtBot[bool], chat_id: int, person_id: int) -> ChatMember:
    """PTB's own call refuses an older server's answer for parts of it that nobody here needs."""
    found = await bot._post("getChatMember", {"chat_id": chat_id, "user_id": person_id})
    return ChatMember.de_json(whole(found), bot)
