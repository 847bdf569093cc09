"""Buttons for one person, for a while: those of admins, and confirmations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from bot.models.messages import Message

NOT_FOR_YOU = mark("This button is for whoever asked for it.")
EXPIRED = mark("This button has had its time: please send the command again.")


def bind(
    message: Message, lasts: Mapping[str, timedelta], person_id: int, now: datetime
) -> Message:
    """Each button whose noun stands in `lasts` works for this person only, and for that long.

    The stamp comes after the noun; both of its numbers are short enough for Telegram's 64 bytes.
    """

    def bound(action: str | None) -> str | None:
        noun, _, rest = (action or "").partition(":")
        if noun not in lasts:
            return action
        until = int((now + lasts[noun]).timestamp())
        return f"{noun}:{person_id:x}.{until:x}:{rest}"

    rows = (tuple(replace(button, action=bound(button.action)) for button in row)
            for row in message.keyboard)  # fmt: skip
    return replace(message, keyboard=tuple(rows))


def unbind(data: str, person_id: int, now: datetime) -> str:
    """What a button says behind its stamp; UserError for others and when its time is over."""
    stamp, _, rest = data.partition(":")
    owner, _, until = stamp.partition(".")
    if owner != f"{person_id:x}":
        raise UserError(NOT_FOR_YOU)
    if now.timestamp() > _seconds(until):
        raise UserError(EXPIRED)
    return rest


def _seconds(until: str) -> int:
    try:
        return int(until, 16)
    except ValueError:
        return 0
