"""An update as PTB reads it. Of one with parts that it can't read, made by an older or newer
server than it knows, what can be answered all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import (
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberOwner,
    ChatMemberRestricted,
    Update,
)

if TYPE_CHECKING:
    from telegram.ext import ExtBot

    from bot.tg.inbox import Raw

# What PTB raises for a part that is missing or of another kind.
UNREADABLE = (TypeError, ValueError, LookupError, AttributeError, OverflowError)
# Whose word it is stays, or nothing does: a post passed on is never its sender's own.
KEPT = (
    "message_id", "message_thread_id", "is_topic_message", "date", "chat", "from", "sender_chat",
    "sender_business_bot", "via_bot", "forward_origin", "is_automatic_forward", "text", "entities",
    "caption", "caption_entities", "document",
)  # fmt: skip
# Without these PTB reads no member, and an older server does not name the newest of them.
RIGHTS: dict[object, dict[str, Any]] = {
    ChatMember.OWNER: dict.fromkeys(ChatMemberOwner.__slots__),
    ChatMember.ADMINISTRATOR: dict.fromkeys(ChatMemberAdministrator.__slots__),
    ChatMember.RESTRICTED: dict.fromkeys(ChatMemberRestricted.__slots__, False),
    ChatMember.BANNED: dict.fromkeys(ChatMemberBanned.__slots__),
}
MEMBERS = ("old_chat_member", "new_chat_member")
MESSAGES = ("message", "edited_message", "channel_post", "edited_channel_post")


def read(raw: Raw, bot: ExtBot[bool]) -> Update:
    """Raises one of `UNREADABLE` for what is no update, or none that could be answered."""
    try:
        return Update.de_json(raw, bot)
    except UNREADABLE:
        plain = _plain(raw)
        if len(plain) == 1:
            raise
        return Update.de_json(plain, bot)


def whole(member: dict[str, Any]) -> dict[str, Any]:
    """Somebody of a chat as PTB takes them: what the server does not name, they don't have."""
    return {**RIGHTS.get(member.get("status"), {}), **member}


def _plain(raw: Raw) -> dict[str, Any]:
    """Its text and who wrote it, its press or our place there, without all that is around it."""
    plain: dict[str, Any] = {"update_id": raw["update_id"]}
    for name in MESSAGES:
        if isinstance(message := raw.get(name), dict):
            plain[name] = _message(message)
    if isinstance(press := raw.get("callback_query"), dict):
        said = press.get("message")
        shown = {"message": _message(said)} if isinstance(said, dict) else {}
        plain["callback_query"] = {**press, **shown}
    if isinstance(change := raw.get("my_chat_member"), dict):
        plain["my_chat_member"] = {name: whole(part) if name in MEMBERS else part
                                   for name, part in change.items()}  # fmt: skip
    return plain


def _message(message: dict[str, Any]) -> dict[str, Any]:
    return {name: message[name] for name in KEPT if name in message}
