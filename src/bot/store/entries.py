"""What was seen in each feed, so that nothing comes twice: shelved or not, there still or gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Connection, ForeignKey, Index, Table, Text, delete, select

from bot.store import headlines as shelf
from bot.store.schema import BigId, Utc, insert, metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from bot.models.feeds import Due, Entry

# Retention: thirty days after it was last in the feed, counted at the feed's next reading; a feed
# that does not change keeps all it has. Its headline may be gone long before.
entries = Table(
    "entries",
    metadata,
    Column(
        "feed_id",
        BigId,
        ForeignKey("feeds.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("key", Text, primary_key=True),
    Column("headline_id", BigId, ForeignKey("headlines.id", ondelete="SET NULL")),
    Column("seen_at", Utc, nullable=False),
)
Index("ix_entries_headline_id", entries.c.headline_id)

# Noting that an entry is still there once a day is enough.
SEEN_AGAIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a feed's entries: the numbers of its new and of its changed headlines."""

    added: tuple[int, ...]
    changed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    headline_id: int | None
    digest: str | None
    canonical: str | None
    own: bool
    seen_at: datetime


def take(
    conn: Connection,
    due: Due,
    found: Sequence[Entry],
    now: datetime,
    *,
    keep: timedelta,
    most: int,
    topic_of: Callable[[Entry], str],
) -> Taken:
    """Put a feed's new entries on the shelf, and what changed in the others.

    Of the new ones at most `most`, the first in `found`, and none from before `keep`; the rest
    counts as seen. What an admin edited or removed stays so.
    """
    known = _known(conn, due.id, [key for entry in found for key in entry.keys])
    new = [entry for entry in found if not any(key in known for key in entry.keys)]
    fresh = [entry for entry in new if not _is_old(entry, now - keep)][:most]
    ids = shelf.add(conn, due, [(entry, topic_of(entry)) for entry in fresh], now)
    placed = {id(entry): headline_id for entry, headline_id in zip(fresh, ids, strict=True)}
    changed = [
        (match.headline_id, entry)
        for entry in found
        if (match := _match(known, entry)) and match.headline_id and match.own
        and (match.digest, match.canonical) != (entry.digest, entry.canonical)
    ]  # fmt: skip
    rewritten = shelf.change(conn, due, changed, now)
    _note(conn, due.id, list(_seen(known, found, placed, now)))
    if due.read_at is not None and due.read_at.date() != now.date():
        _forget(conn, due.id, now - keep)
    return Taken(tuple(ids), tuple(rewritten))


def _known(conn: Connection, feed_id: int, keys: Sequence[str]) -> dict[str, _Known]:
    lines = shelf.headlines
    own = lines.c.edited_at.is_(None) & lines.c.removed_at.is_(None)
    statement = (
        select(
            entries.c.key, entries.c.headline_id, lines.c.digest, lines.c.canonical,
            own.label("own"), entries.c.seen_at,
        )
        .join_from(entries, lines, entries.c.headline_id == lines.c.id, isouter=True)
        .where(entries.c.feed_id == feed_id, entries.c.key.in_(keys))
    )  # fmt: skip
    return {row.key: _from(row) for row in conn.execute(statement)}


def _from(row: Row[*tuple[Any, ...]]) -> _Known:
    return _Known(row.headline_id, row.digest, row.canonical, bool(row.own), row.seen_at)


def _match(known: dict[str, _Known], entry: Entry) -> _Known | None:
    """What the entry was before; its guid, the first key, decides if its keys disagree."""
    matches = [known[key] for key in entry.keys if key in known]
    return next((match for match in matches if match.headline_id), matches[0] if matches else None)


def _is_old(entry: Entry, before: datetime) -> bool:
    return entry.published is not None and entry.published < before


def _seen(
    known: dict[str, _Known], found: Iterable[Entry], placed: dict[int, int], now: datetime
) -> Iterable[dict[str, object]]:
    """The rows to write: of new keys, and of those noted more than a day ago."""
    for entry in found:
        match = _match(known, entry)
        headline_id = match.headline_id if match else placed.get(id(entry))
        for key in entry.keys:
            before = known.get(key)
            if before is None or now - before.seen_at >= SEEN_AGAIN:
                told = before.headline_id if before else headline_id
                yield {"key": key, "headline_id": told, "seen_at": now}


def _note(conn: Connection, feed_id: int, rows: list[dict[str, object]]) -> None:
    if not rows:
        return
    rows = [{"feed_id": feed_id, **row} for row in {row["key"]: row for row in rows}.values()]
    fresh = insert(conn, entries)
    again = fresh.on_conflict_do_update(
        index_elements=["feed_id", "key"], set_={"seen_at": fresh.excluded.seen_at}
    )
    conn.execute(again, rows)


def _forget(conn: Connection, feed_id: int, before: datetime) -> None:
    """Entries that left the feed long ago; one still in it was noted within the last day."""
    gone = (entries.c.seen_at < before, entries.c.headline_id.is_(None))
    conn.execute(delete(entries).where(entries.c.feed_id == feed_id, *gone))
