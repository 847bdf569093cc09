"""What is to come onto a shelf later, or to leave it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models.acts import ItemEntry, Shelf
    from bot.models.reading import Reading


@dataclass(frozen=True, slots=True)
class Plan:
    """Of an admin: `publish` an entry, which may expire again, or `expire` an item."""

    id: int
    person_id: int
    update_id: int
    what: Literal["publish", "expire"]
    shelf: Shelf
    entry: ItemEntry | None
    reading: Reading | None
    item_id: int | None
    due_at: datetime
    expires_at: datetime | None
