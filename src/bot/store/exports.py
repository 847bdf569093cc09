"""What stands on the shelves, to be written into content files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from bot.models.feeds import FeedEntry
from bot.store.feeds import FOLLOWED, feeds
from bot.store.feeds import entry_of as feed_of
from bot.store.items import entry_of
from bot.store.seeds import SHELVES

if TYPE_CHECKING:
    from bot.models.acts import Shelf, TextEntry


def entries(conn: Connection, shelf: Shelf, after: int, limit: int) -> tuple[list[TextEntry], int]:
    """Some of a shelf, and the number of the last one; without what feeds brought."""
    table, _ = SHELVES[shelf]
    here = (table.c.id > after, table.c.removed_at.is_(None), table.c.key.is_not(None))
    rows = conn.execute(select(table).where(*here).order_by(table.c.id).limit(limit)).all()
    found = [each for row in rows if not isinstance(each := entry_of(shelf, row), FeedEntry)]
    return found, rows[-1].id if rows else after


def followed(conn: Connection) -> list[FeedEntry]:
    """All feeds but the playground's own."""
    real = select(feeds).where(FOLLOWED, feeds.c.sample.is_(False))
    return [feed_of(row) for row in conn.execute(real.order_by(feeds.c.topic, feeds.c.id))]
