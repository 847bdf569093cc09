"""Chat messages before any of Telegram's objects exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message; exactly one of the three says what a press does."""

    label: str
    action: str | None = None
    url: str | None = None
    share: str | None = None


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """HTML as Telegram takes it, with rows of buttons."""

    html: Markup
    keyboard: Keyboard = ()

    @classmethod
    def of(cls, text: str, keyboard: Keyboard = ()) -> Self:
        """A message of plain text."""
        return cls(escape(text), keyboard)


@dataclass(frozen=True, slots=True)
class File:
    """A document to send."""

    name: str
    content: bytes
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """A message that stands in a chat already, to be sent elsewhere just as it is."""

    chat_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Removal:
    """A message of ours to be deleted."""

    message_id: int


Outgoing = Message | Copy | Removal
