"""What an admin is about to put on a shelf."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models.acts import ItemEntry, Shelf
    from bot.models.feeds import Sample
    from bot.models.reading import Reading

# What the next message gives: a part of the material, the whole text, the title, a time, a file to
# import, or the address of a feed.
Asks = Literal["parts", "text", "title", "when", "import", "feed"]


@dataclass(frozen=True, slots=True)
class Draft:
    """One of a person in a chat, who may have several; without an `entry` it still collects.

    `item_id` is what it changes, which was edited last at `seen_at`; `hint` the shelf that its
    page names; `status_id` the message that says how far it is; `sample` what a feed says. It comes
    at `publish_at`, or at once, and goes at `expires_at`, or never.
    """

    id: int
    key: str
    shelf: Shelf
    entry: ItemEntry | None
    asks: Asks | None
    item_id: int | None = None
    seen_at: datetime | None = None
    hint: str | None = None
    status_id: int | None = None
    reading: Reading | None = None
    publish_at: datetime | None = None
    expires_at: datetime | None = None
    sample: Sample | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A message of the material; its text is None while its file or page is being read."""

    message_id: int
    name: str | None
    text: str | None
    title: str | None = None
