"""The audit: what admins did and what others tried, each with what it was done to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.services import acts
from bot.store import items, roles, submissions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models.acts import ItemEntry
    from bot.models.roles import Act
    from bot.store.database import Connection, Database


async def page(
    db: Database, what: Sequence[str], word: str, offset: int, limit: int
) -> tuple[list[Act], int]:
    """What was done and tried, the newest first, and how many there are of it.

    Of these kinds, or of all; by those whose name or number the word is, or by everybody.
    """

    def work(conn: Connection) -> tuple[list[Act], int]:
        found, total = roles.acts(conn, what, word, offset, limit)
        return [replace(act, item=_item(conn, act.detail)) for act in found], total

    return await db.read(work)


def _item(conn: Connection, detail: str) -> ItemEntry | None:
    """What a line is about, if that stands on the shelves or in the queue, or did."""
    kind, _, number = detail.partition(" ")
    if kind == "sent" and number.isdigit():
        return submissions.entry(conn, int(number))
    named = acts.named(f"joke-{number}" if kind == "flagged" else detail)
    item = items.find(conn, *named) if named else None
    return item.entry if item else None
