"""What stands on the shelves, to be written into content files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from bot.models.feeds import FeedEntry
from bot.store.feeds import FOLLOWED, feeds
from bot.store.items import entry_of
from bot.store.seeds import SHELVES

if TYPE_CHECKING:
    from bot.models.acts import ItemEntry, Shelf


def entries(conn: Connection, shelf: Shelf, after: int, limit: int) -> tuple[list[ItemEntry], int]:
    """Some of a shelf, and the number of the last one; without what feeds brought."""
    table, _ = SHELVES[shelf]
    here = (table.c.id > after, table.c.removed_at.is_(None), table.c.key.is_not(None))
    rows = conn.execute(select(table).where(*here).order_by(table.c.id).limit(limit)).all()
    return [entry_of(shelf, row) for row in rows], rows[-1].id if rows else after


def followed(conn: Connection) -> list[FeedEntry]:
    """All feeds but the playground's own."""
    shown = (feeds.c.address, feeds.c.title, feeds.c.language, feeds.c.topic)
    real = select(*shown).where(FOLLOWED, feeds.c.sample.is_(False))
    return [FeedEntry(*row) for row in conn.execute(real.order_by(feeds.c.topic, feeds.c.id))]
