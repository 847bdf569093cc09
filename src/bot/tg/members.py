"""Who may decide for a chat: in groups and channels their admins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatMemberStatus, ChatType

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context

IN_CHARGE = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


async def in_charge(update: Update, context: Context) -> bool:
    """Whether the person may change what concerns all of the chat; an anonymous one may not."""
    chat, person = update.effective_chat, update.effective_user
    if chat is None or person is None:
        return False
    if chat.type == ChatType.PRIVATE:
        return True
    member = await context.bot.get_chat_member(chat.id, person.id)
    return member.status in IN_CHARGE
