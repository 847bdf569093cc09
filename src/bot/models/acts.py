"""What admins change by hand on the shelves, and how it stood before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from bot.models.feeds import FeedEntry
from bot.models.headlines import HeadlineEntry
from bot.models.jokes import JokeEntry
from bot.models.reports import ReportEntry

if TYPE_CHECKING:
    from datetime import datetime

Shelf = Literal["jokes", "headlines", "reports", "feeds"]
What = Literal["add", "edit", "remove"]
# All that stands there, what admins had a hand in, or what was taken off.
Kind = Literal["all", "admins", "removed"]
TextEntry = JokeEntry | HeadlineEntry | ReportEntry
ItemEntry = TextEntry | FeedEntry
# An item's name in the chat, as in joke-12.
NOUNS: dict[Shelf, str] = {
    "jokes": "joke", "headlines": "headline", "reports": "report", "feeds": "feed",
}  # fmt: skip


def keyed(entry: ItemEntry, key: str) -> ItemEntry:
    """The same under this key; that of a feed is its address."""
    return entry if isinstance(entry, FeedEntry) else replace(entry, key=key)


def said(entry: ItemEntry) -> list[str]:
    """What it says: its title, text and punchline, as far as it has them."""
    parts = (getattr(entry, name, None) for name in ("title", "text", "punchline"))
    return [part for part in parts if part]


@dataclass(frozen=True, slots=True)
class Item:
    """An item as it stands, or stood, on its shelf."""

    entry: ItemEntry
    edited_at: datetime | None = None
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Something an admin did; `before` is how the item stood, `item` how it stands now."""

    id: int
    what: What
    shelf: Shelf
    item_id: int
    before: Item | None
    item: Item | None
    at: datetime
    undone_at: datetime | None = None

    @property
    def name(self) -> str:
        """What /edit and /remove call the item."""
        return f"{NOUNS[self.shelf]}-{self.item_id}"
