"""What on the shelves shares words with something new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from bot.models.feeds import FeedEntry
from bot.store import feeds, items
from bot.store.jokes import jokes
from bot.store.search import matching
from bot.store.seeds import SHELVES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.models.acts import ItemEntry


def sharing(
    conn: Connection, entry: ItemEntry, queries: Iterable[str], most: int
) -> dict[int, ItemEntry]:
    """The newest of the same shelf and language with all words of one of the queries; of feeds
    those that are called the same.
    """
    if isinstance(entry, FeedEntry):
        return {**feeds.alike(conn, entry, most)}
    shelf = items.shelf_of(entry)
    table, _ = SHELVES[shelf]
    here = (table.c.language == entry.language, table.c.removed_at.is_(None))
    ids: dict[int, None] = {}
    for query in queries:
        fits = select(table.c.id).where(*here, matching(conn.dialect.name, table, query))
        ids.update(dict.fromkeys(conn.scalars(fits.order_by(table.c.id.desc()).limit(most))))
    found = ((item_id, items.find(conn, shelf, item_id)) for item_id in ids)
    return {item_id: item.entry for item_id, item in found if item}


def filed(conn: Connection, language: str, query: str, most: int) -> dict[str, int]:
    """Where jokes with these words are filed, of so many of them."""
    here = (jokes.c.language == language, jokes.c.removed_at.is_(None))
    fits = select(jokes.c.category).where(*here, matching(conn.dialect.name, jokes, query))
    some = fits.limit(most).subquery()
    counted = select(some.c.category, func.count()).group_by(some.c.category)
    return dict(conn.execute(counted).all())
