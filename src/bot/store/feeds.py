"""The feeds that are followed: when each is asked again, and how the last time went."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    Table,
    Text,
    bindparam,
    delete,
    false,
    func,
    or_,
    select,
    update,
)

from bot.models.feeds import Due, FeedEntry, FeedRow
from bot.store.schema import BigId, CleanText, SaidText, Utc, count_rows, index, insert, metadata

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row

FIRST_INTERVAL = timedelta(hours=1)
# A new feed waits a moment, and the next one a little longer: many at once make no burst.
FIRST_WAIT, APART = timedelta(seconds=20), timedelta(seconds=2)

# Retention: for good while it is followed; a removed one of the seed keeps its row, so that no seed
# brings it back, the others go after thirty days. `next_at` is null while it is not to be asked,
# and the end of a lease while it is being asked, since `claimed_at`; `interval`, `pace` which an
# admin chose, and `every` which the feed itself asks for, are in seconds.
feeds = Table(
    "feeds",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("key", CleanText, unique=True),
    Column("address", CleanText, nullable=False),
    Column("title", CleanText, nullable=False),
    Column("language", Text, nullable=False),
    Column("topic", CleanText, nullable=False),
    Column("weight", Float, nullable=False, default=1.0),
    Column("site", CleanText),
    Column("sample", Boolean, nullable=False, default=False),
    Column("etag", CleanText),
    Column("last_modified", CleanText),
    Column("body_hash", Text),
    Column("next_at", Utc),
    Column("claimed_at", Utc),
    Column("interval", Integer, nullable=False, default=int(FIRST_INTERVAL.total_seconds())),
    Column("pace", Integer),
    Column("every", Integer),
    Column("failures", Integer, nullable=False, default=0),
    Column("error", SaidText),
    Column("error_at", Utc),
    Column("refreshed_at", Utc),
    Column("read_at", Utc),
    Column("paused", Boolean, nullable=False, default=False, server_default=false()),
    Column("retired_at", Utc),
    Column("added_by", BigInteger),
    Column("origin", Text, nullable=False),
    Column("seed_hash", Text),
    Column("edited_at", Utc),
    Column("removed_at", Utc),
    Column("created_at", Utc, nullable=False),
)
Index("ix_feeds_address", feeds.c.address)
index("ix_feeds_next_at", feeds.c.next_at, where=feeds.c.next_at.is_not(None))

FOLLOWED = feeds.c.removed_at.is_(None)
HEALTHY = {"failures": 0, "error": None, "error_at": None}
LIVE = FOLLOWED & feeds.c.paused.is_(False) & feeds.c.retired_at.is_(None)
SHOWN = (
    feeds.c.id, feeds.c.address, feeds.c.title, feeds.c.language, feeds.c.topic, feeds.c.weight,
    feeds.c.site, feeds.c.sample, feeds.c.origin, feeds.c.added_by, feeds.c.next_at,
    feeds.c.interval, feeds.c.pace, feeds.c.failures, feeds.c.error, feeds.c.error_at,
    feeds.c.refreshed_at, feeds.c.read_at, feeds.c.paused, feeds.c.retired_at,
)  # fmt: skip
ASKED = (
    feeds.c.id, feeds.c.address, feeds.c.title, feeds.c.language, feeds.c.topic, feeds.c.sample,
    feeds.c.etag, feeds.c.last_modified, feeds.c.body_hash, feeds.c.interval, feeds.c.pace,
    feeds.c.every,
    feeds.c.failures, feeds.c.next_at, feeds.c.read_at,
)  # fmt: skip
_CLAIMED = (feeds.c.id == bindparam("its_id"), feeds.c.next_at == bindparam("its_lease"), LIVE)
IS_OURS = select(feeds.c.id).where(*_CLAIMED).with_for_update()
OURS = update(feeds).where(*_CLAIMED)


def add(
    conn: Connection, entry: FeedEntry, now: datetime, *, by: int | None, sample: bool = False
) -> tuple[FeedRow, bool]:
    """Follow a feed; if it is followed already, that row, and False. `by` is who adds it."""
    known = at(conn, entry.url)
    if known is not None:
        return known, False
    row = insert(conn, feeds).values(
        {**columns(entry), "sample": sample, "added_by": by, "origin": "admin", "created_at": now,
         "next_at": now}
    )  # fmt: skip
    found = find(conn, conn.execute(row.returning(feeds.c.id)).scalar_one())
    assert found is not None  # noqa: S101 - it was just written
    return found, True


def open_newsroom(conn: Connection, entries: Sequence[FeedEntry], now: datetime) -> None:
    """Follow the playground's own feeds where they are today, and at once."""
    for entry in entries:
        where = {"address": entry.url, "next_at": now}
        row = insert(conn, feeds).values(
            key=f"newsroom/{entry.language}/{entry.title}", title=entry.title,
            language=entry.language, topic=entry.topic, sample=True, origin="admin",
            created_at=now, **where,
        )  # fmt: skip
        conn.execute(row.on_conflict_do_update(index_elements=["key"], set_=where))


def find(conn: Connection, feed_id: int) -> FeedRow | None:
    """The feed, unless it was removed."""
    return _first(conn, feeds.c.id == feed_id)


def page(
    conn: Connection, *, broken: bool = False, word: str = "", offset: int = 0, limit: int = 20
) -> tuple[list[FeedRow], int]:
    """Feeds by title and how many there are in all; `broken`: those whose last request failed.

    With a `word` those that have it in their title or address.
    """
    shown = FOLLOWED & (feeds.c.failures > 0) if broken else FOLLOWED
    if word:
        shown &= or_(*(each.icontains(word, autoescape=True)
                       for each in (feeds.c.title, feeds.c.address)))  # fmt: skip
    total = count_rows(conn, feeds, shown)
    statement = select(*SHOWN).where(shown).order_by(feeds.c.title, feeds.c.id)
    return [_feed(row) for row in conn.execute(statement.offset(offset).limit(limit))], total


def addresses(conn: Connection) -> dict[str, str | None]:
    """The addresses of all that are followed, each with its row's key."""
    rows = conn.execute(select(feeds.c.address, feeds.c.key).where(FOLLOWED))
    return {row.address: row.key for row in rows}


def ask(conn: Connection, feed_id: int, now: datetime) -> None:
    """Ask it now, also one that was retired; a paused one when it goes on."""
    fresh = update(feeds).where(feeds.c.id == feed_id, FOLLOWED)
    conn.execute(fresh.values(retired_at=None, next_at=now, **HEALTHY))


def columns(entry: FeedEntry) -> dict[str, object]:
    """What is written of an entry; the feed is asked anew, since what was asked of the old one may
    be on its way.
    """
    return {
        "address": entry.url, "title": entry.title, "language": entry.language,
        "topic": entry.topic, "pace": entry.pace * 60 or None, "paused": entry.paused,
        "next_at": None,
    }  # fmt: skip


def entry_of(row: Row[*tuple[Any, ...]]) -> FeedEntry:
    """What `columns` wrote."""
    about = (row.address, row.title, row.language, row.topic)
    return FeedEntry(*about, (row.pace or 0) // 60, row.paused)


def alike(conn: Connection, entry: FeedEntry, most: int) -> dict[int, FeedEntry]:
    """Other feeds with the same title, by their numbers."""
    same = (func.lower(feeds.c.title) == entry.title.lower(), feeds.c.address != entry.url)
    found = conn.execute(select(feeds).where(FOLLOWED, *same).limit(most))
    return {row.id: entry_of(row) for row in found}


def plan(conn: Connection, now: datetime, *, samples: bool) -> int:
    """Give a time to each feed that has none yet, one after the other; how many."""
    new = LIVE & _genuine(samples) & feeds.c.next_at.is_(None)
    ids = list(conn.scalars(select(feeds.c.id).where(new).order_by(feeds.c.id)))
    if ids:
        statement = update(feeds).where(feeds.c.id == bindparam("feed"))
        times = [
            {"feed": feed_id, "first_at": now + FIRST_WAIT + place * APART}
            for place, feed_id in enumerate(ids)
        ]
        conn.execute(statement.values(next_at=bindparam("first_at")), times)
    return len(ids)


def claim(
    conn: Connection, now: datetime, lease: datetime, *, samples: bool, limit: int
) -> list[Due]:
    """Take feeds whose time has come, the longest due first.

    Until `lease` they are nobody else's; who dies on the way leaves them to be claimed again then.
    """
    due = LIVE & _genuine(samples) & (feeds.c.next_at <= now)
    statement = select(*ASKED).where(due).order_by(feeds.c.next_at, feeds.c.id).limit(limit)
    rows = conn.execute(statement.with_for_update(skip_locked=True)).all()
    if rows:
        ids = [row.id for row in rows]
        conn.execute(update(feeds).where(feeds.c.id.in_(ids)).values(next_at=lease, claimed_at=now))
    return [_due(row, lease) for row in rows]


def is_ours(conn: Connection, due: Due) -> bool:
    """Whether a claimed feed is still to be settled.

    One that was paused, removed or claimed anew meanwhile is somebody else's.
    """
    return conn.scalar(IS_OURS, _its(due)) is not None


def settle(conn: Connection, due: Due, values: Mapping[str, object]) -> bool:
    """Write down how a claimed feed went; False, and nothing is written, if it is not ours."""
    settled = OURS.values(claimed_at=None, **values)
    return conn.execute(settled, _its(due)).rowcount > 0


def is_followed(conn: Connection, address: str, but: int) -> bool:
    """Whether another feed than `but` has this address."""
    other = (feeds.c.address == address, feeds.c.id != but)
    return conn.scalar(select(feeds.c.id).where(FOLLOWED, *other).limit(1)) is not None


def first_news(conn: Connection, *, samples: bool) -> datetime | None:
    """When the first feed will be asked, or is since; None once one was read, or without any."""
    live = LIVE & _genuine(samples)
    if conn.scalar(select(feeds.c.id).where(live, feeds.c.read_at.is_not(None)).limit(1)):
        return None
    soon = func.coalesce(feeds.c.claimed_at, feeds.c.next_at, feeds.c.created_at)
    first = func.min(soon, type_=Utc)
    found: datetime | None = conn.scalar(select(first).where(live))
    return found


def purge(conn: Connection, before: datetime) -> int:
    """Drop what was removed before then; how many."""
    gone = (feeds.c.removed_at < before, feeds.c.key.is_(None))
    return conn.execute(delete(feeds).where(*gone)).rowcount


def _its(due: Due) -> dict[str, object]:
    return {"its_id": due.id, "its_lease": due.lease}


def at(conn: Connection, address: str) -> FeedRow | None:
    """The feed that is followed there."""
    return _first(conn, feeds.c.address == address)


def _first(conn: Connection, here: ColumnElement[bool]) -> FeedRow | None:
    row = conn.execute(select(*SHOWN).where(here, FOLLOWED)).first()
    return _feed(row) if row else None


def _genuine(samples: bool) -> ColumnElement[bool]:
    """The playground asks its own newsroom only, a live bot the world only."""
    return feeds.c.sample.is_(samples)


def _feed(row: Row[*tuple[Any, ...]]) -> FeedRow:
    return FeedRow(**{**row._mapping, **_spans(row, "interval", "pace")})


def _due(row: Row[*tuple[Any, ...]], lease: datetime) -> Due:
    values = dict(row._mapping)
    del values["next_at"]
    return Due(**{**values, **_spans(row, "interval", "pace", "every")}, lease=lease)


def _spans(row: Row[*tuple[Any, ...]], *names: str) -> dict[str, timedelta | None]:
    found = {name: row._mapping[name] for name in names}
    return {name: timedelta(seconds=each) if each else None for name, each in found.items()}
