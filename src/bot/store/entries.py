"""What was seen in each feed, so that nothing comes twice: shelved or not, there still or gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Table,
    Text,
    bindparam,
    delete,
    select,
    update,
)

from bot.store import headlines as shelf
from bot.store.schema import BigId, Utc, insert, metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select, Update

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
    long_ago: bool


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
    known = _known(conn, due.id, [key for entry in found for key in entry.keys], now)
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
    _note(conn, due.id, _unknown(known, found, placed), now)
    _note_again(conn, due.id, [key for key, each in known.items() if each.long_ago], now)
    if due.read_at is not None and due.read_at.date() != now.date():
        _forget(conn, due.id, now - keep)
    return Taken(tuple(ids), tuple(rewritten))


def _known(conn: Connection, feed_id: int, keys: Sequence[str], now: datetime) -> dict[str, _Known]:
    wish = {"feed": feed_id, "keys": keys, "long_ago": now - SEEN_AGAIN}
    return {key: _Known(*its) for key, *its in conn.execute(_those_known(), wish)}


def _match(known: dict[str, _Known], entry: Entry) -> _Known | None:
    """What the entry was before; its guid, the first key, decides if its keys disagree."""
    matches = [known[key] for key in entry.keys if key in known]
    return next((match for match in matches if match.headline_id), matches[0] if matches else None)


def _is_old(entry: Entry, before: datetime) -> bool:
    return entry.published is not None and entry.published < before


def _unknown(
    known: dict[str, _Known], found: Iterable[Entry], placed: dict[int, int]
) -> dict[str, int | None]:
    """The new keys, each with the headline of its entry."""
    new: dict[str, int | None] = {}
    for entry in found:
        match = _match(known, entry)
        headline_id = match.headline_id if match else placed.get(id(entry))
        new.update((key, headline_id) for key in entry.keys if key not in known)
    return new


def _note(conn: Connection, feed_id: int, new: dict[str, int | None], now: datetime) -> None:
    rows = [
        {"feed_id": feed_id, "key": key, "headline_id": headline_id, "seen_at": now}
        for key, headline_id in new.items()
    ]
    if rows:
        conn.execute(insert(conn, entries).on_conflict_do_nothing(), rows)


def _note_again(conn: Connection, feed_id: int, keys: Sequence[str], now: datetime) -> None:
    if keys:
        conn.execute(_seen_again(), {"feed": feed_id, "keys": keys, "now": now})


def _forget(conn: Connection, feed_id: int, before: datetime) -> None:
    """Entries that left the feed long ago; one still in it was noted within the last day."""
    gone = (entries.c.seen_at < before, entries.c.headline_id.is_(None))
    conn.execute(delete(entries).where(entries.c.feed_id == feed_id, *gone))


# Statements are built once: that takes longer than running them.


@cache
def _those_known() -> Select[*tuple[Any, ...]]:
    lines = shelf.headlines
    own = lines.c.edited_at.is_(None) & lines.c.removed_at.is_(None)
    long_ago = entries.c.seen_at <= bindparam("long_ago")
    return (
        select(
            entries.c.key, entries.c.headline_id, lines.c.digest, lines.c.canonical,
            own.label("own"), long_ago.label("long_ago"),
        )
        .join_from(entries, lines, entries.c.headline_id == lines.c.id, isouter=True)
        .where(*_those())
    )  # fmt: skip


@cache
def _seen_again() -> Update:
    return update(entries).where(*_those()).values(seen_at=bindparam("now"))


def _those() -> tuple[ColumnElement[bool], ...]:
    """Of a feed the entries with these keys."""
    its = entries.c.feed_id == bindparam("feed")
    return its, entries.c.key.in_(bindparam("keys", expanding=True))
