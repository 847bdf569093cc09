"""The link that a message is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import MessageEntity

if TYPE_CHECKING:
    from telegram import Message

# A message with more text than this beside its link is itself the text.
BESIDE_CHARS = 1_000
# Telegram marks no links to servers of an intranet, whose names have no dot.
_UNMARKED = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """An address as somebody wrote it, its scheme added where that was left out."""

    url: str


def of(message: Message) -> Link | None:
    """The first link of a message, unless it is a text that only mentions some."""
    text = message.text or message.caption or ""
    found = _marked(message) or _unmarked(text)
    if found is None or len(text) - len(found) > BESIDE_CHARS:
        return None
    return Link(found if "://" in found else f"https://{found}")


def _marked(message: Message) -> str | None:
    for entity in message.entities or message.caption_entities:
        if entity.type == MessageEntity.TEXT_LINK:
            return entity.url
        if entity.type == MessageEntity.URL:
            return (
                message.parse_entity(entity)
                if message.text
                else message.parse_caption_entity(entity)
            )
    return None


def _unmarked(text: str) -> str | None:
    found = _UNMARKED.search(text)
    return found[0] if found else None
