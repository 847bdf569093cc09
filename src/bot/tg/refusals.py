"""What Telegram's refusals mean: it has words for them, and no numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from telegram.error import TelegramError

# A chat that nobody can write to any more, and a place in one.
CHAT_GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "chat_write_forbidden",
             "not enough rights", "have no rights", "need administrator rights", "chat_restricted",
             "bot was kicked", "group is deactivated", "channel_private")  # fmt: skip
PLACE_GONE = ("message thread not found", "topic_closed", "topic_deleted", "thread is closed")
# A message that is to be passed on.
SOURCE_GONE = ("message to copy not found",)
# A message that is to be deleted, or changed.
DELETED = ("message to delete not found",)
GONE = ("message to edit not found", "message_id_invalid")
UNCHANGED = ("message is not modified",)
UNREADABLE = ("can't parse entities", "message is too long", "message_too_long")
TOO_LATE = ("query is too old", "query id is invalid")


def says(error: TelegramError, phrases: tuple[str, ...]) -> bool:
    """Whether Telegram means one of these."""
    return any(phrase in error.message.lower() for phrase in phrases)
