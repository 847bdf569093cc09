"""Where a message comes from that somebody passes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import MessageOriginChannel, MessageOriginChat

if TYPE_CHECKING:
    from telegram import Message


def origin_of(message: Message) -> tuple[str, str] | None:
    """The name of its channel or group, and its address if everybody may read it."""
    origin = message.forward_origin
    if isinstance(origin, MessageOriginChannel):
        name = origin.chat.title or ""
        public = origin.chat.username
        return name, f"https://t.me/{public}/{origin.message_id}" if public else ""
    if isinstance(origin, MessageOriginChat):
        return origin.sender_chat.title or "", ""
    return None
