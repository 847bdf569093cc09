"""Who may decide for a chat: in groups and channels their admins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden

from bot.errors import UserError
from bot.texts import mark

if TYPE_CHECKING:
    from telegram import ChatFullInfo, Update
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
    member = await bot.get_chat_member(chat_id, person_id)
    return member.status in IN_CHARGE


async def channel(bot: ExtBot[bool], name: str | int, person_id: int) -> ChatFullInfo:
    """A channel in which the bot may post and this person is an admin; a UserError if not."""
    try:
        found = await bot.get_chat(name)
        ours = await bot.get_chat_member(found.id, bot.id)
        theirs = await is_admin(bot, found.id, person_id)
    except (BadRequest, Forbidden):
        raise UserError(NO_RIGHTS, name=name) from None
    if found.type != ChatType.CHANNEL:
        raise UserError("{name} is not a channel: please send /subscribe there.", name=name)
    if not theirs:
        raise UserError("Only admins of {name} can subscribe it.", name=name)
    if ours.status not in IN_CHARGE or getattr(ours, "can_post_messages", True) is False:
        raise UserError(NO_RIGHTS, name=name)
    return found
