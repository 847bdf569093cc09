"""Stories as clustering sees them, in rows; nothing of them stays in the bot's memory."""

from __future__ import annotations

import struct
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Integer, bindparam, func, select, update

from bot.models.stories import Centroid, Member, Unplaced
from bot.store.feeds import feeds
from bot.store.headlines import headlines
from bot.store.stories import MOST_ENTRIES, TOLD, stories
from bot.store.terms import as_one, most_shared

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Row, Select, Update
    from sqlalchemy.sql.dml import ReturningInsert

    from bot.models.stories import Terms

# A number that no other lock on the server has.
TURN = 0x51F0_0005

DUE = headlines.c.placed_at.is_(None)
CENTROID = (
    stories.c.id,
    stories.c.entries,
    stories.c.terms,
    stories.c.names,
    stories.c.sources,
    stories.c.skeleton,
    stories.c.fresh,
    stories.c.first_seen,
    stories.c.last_seen,
    stories.c.version,
    stories.c.changed_at,
)
PACKED = tuple(column.name for column in CENTROID if column is not stories.c.id)
UNPLACED = (
    headlines.c.id,
    headlines.c.language,
    headlines.c.sample,
    headlines.c.topic,
    headlines.c.title,
    headlines.c.text,
    headlines.c.source,
    headlines.c.url,
    headlines.c.canonical,
    headlines.c.published,
    func.coalesce(feeds.c.weight, 1.0).label("weight"),
    headlines.c.story_id.label("story"),
    headlines.c.removed_at.is_not(None).label("gone"),
)


def take_turn(conn: Connection) -> None:
    """One process places at a time: on SQLite there is one writer anyway."""
    if conn.dialect.name == "postgresql":
        conn.execute(select(func.pg_advisory_xact_lock(TURN)))


def due(conn: Connection, limit: int) -> list[Unplaced]:
    """Headlines that are new, changed or gone since stories took note of them, in their order."""
    return [Unplaced(**row._mapping) for row in conn.execute(_oldest_due(), {"most": limit})]


def still_due(conn: Connection, found: Sequence[Unplaced]) -> list[Unplaced]:
    """Those that are as they were when `due` found them; on PostgreSQL they are ours now."""
    ours = conn.execute(_still_due(), {"ids": [entry.id for entry in found]})
    now = {row.id: Unplaced(**row._mapping) for row in ours}
    return [entry for entry in found if now.get(entry.id) == entry]


def entries_of(conn: Connection, story_id: int, limit: int) -> list[Unplaced]:
    """What is on the shelf of a story, the newest ones, newest first."""
    statement = select(*UNPLACED).join_from(headlines, feeds, isouter=True)
    here = statement.where(headlines.c.story_id == story_id, headlines.c.removed_at.is_(None))
    newest = here.order_by(headlines.c.published.desc(), headlines.c.id.desc()).limit(limit)
    return [Unplaced(**row._mapping) for row in conn.execute(newest)]


def candidates(
    conn: Connection, terms: Collection[int], days: Sequence[int], limit: int
) -> list[Centroid]:
    """The stories of these days with the most of the terms."""
    dialect = conn.dialect.name
    wish = {"days": as_one(dialect, days), "terms": as_one(dialect, terms), "most": limit}
    return [_centroid(row) for row in conn.execute(_candidates(dialect), wish)]


def centroid(conn: Connection, story_id: int) -> Centroid | None:
    """The story, unless nothing of it is left."""
    row = conn.execute(_one(), {"story": story_id}).first()
    return _centroid(row) if row else None


def of_address(conn: Connection, entry: Unplaced, since: datetime) -> int | None:
    """The story of another headline with the same address, the newest that is not too old."""
    same = {
        "address": entry.canonical,
        "language": entry.language,
        "sample": entry.sample,
        "entry": entry.id,
        "since": since,
    }
    found: int | None = conn.scalar(_of_address(), same)
    return found


def add(conn: Connection, story: Centroid, entry: Unplaced, score: float) -> int:
    """The number of a new story of one entry."""
    values = {
        "language": entry.language,
        "sample": entry.sample,
        "topic": entry.topic,
        "lead_id": entry.id,
        "score": score,
    }
    return int(conn.execute(_add(), {**_packed(story), **values}).scalar_one())


def save(conn: Connection, story: Centroid, **values: object) -> None:
    """Bring a story's row up to date; `values` are its topic, lead_id and score."""
    conn.execute(_save(), {**_packed(story), **values, "story": story.id})


def hide(conn: Connection, story_id: int) -> None:
    """All headlines of the story were taken off the shelf."""
    here = update(stories).where(stories.c.id == story_id)
    conn.execute(here.values(entries=0, terms=b"", fresh=b""))


def members(conn: Connection, story_id: int) -> list[Member]:
    """The headlines of a story that are on the shelf, the oldest first."""
    return [Member(*row) for row in conn.execute(_members(), {"story": story_id})]


def put(conn: Connection, headline_id: int, story_id: int | None, now: datetime) -> None:
    """Note where a headline belongs."""
    conn.execute(_put(), {"entry": headline_id, "story": story_id, "at": now})


def absorb(conn: Connection, story_id: int, into: int) -> None:
    """All headlines of one story go over to another, which it is found as from now on."""
    move = update(headlines).where(headlines.c.story_id == story_id)
    conn.execute(move.values(story_id=into))
    gone = update(stories).where(stories.c.id == story_id)
    conn.execute(gone.values(merged_into=into, entries=0, terms=b"", fresh=b""))


# Statements are built once: that takes longer than running them.


@cache
def _oldest_due() -> Select[*tuple[Any, ...]]:
    statement = select(*UNPLACED).join_from(headlines, feeds, isouter=True).where(DUE)
    oldest = statement.order_by(headlines.c.published, headlines.c.id)
    return oldest.limit(bindparam("most", type_=Integer))


@cache
def _still_due() -> Select[*tuple[Any, ...]]:
    statement = select(*UNPLACED).join_from(headlines, feeds, isouter=True)
    ours = headlines.c.id.in_(bindparam("ids", expanding=True))
    return statement.where(DUE, ours).with_for_update(of=headlines)


@cache
def _candidates(dialect: str) -> Select[*tuple[Any, ...]]:
    return select(*CENTROID).where(stories.c.id.in_(most_shared(dialect)), TOLD)


@cache
def _one() -> Select[*tuple[Any, ...]]:
    return select(*CENTROID).where(stories.c.id == bindparam("story"), TOLD)


@cache
def _of_address() -> Select[int]:
    same = (
        headlines.c.canonical == bindparam("address"),
        headlines.c.language == bindparam("language"),
        headlines.c.sample == bindparam("sample"),
        headlines.c.id != bindparam("entry"),
        headlines.c.published >= bindparam("since"),
        headlines.c.story_id.is_not(None),
    )
    newest = select(headlines.c.story_id).where(*same)
    return newest.order_by(headlines.c.published.desc()).limit(1)


@cache
def _add() -> ReturningInsert[int]:
    return stories.insert().returning(stories.c.id)


@cache
def _save() -> Update:
    columns = (*PACKED, "topic", "lead_id", "score")
    here = update(stories).where(stories.c.id == bindparam("story"))
    anew = {"quotes": None, "revision": stories.c.revision + 1}
    return here.values({**{name: bindparam(name) for name in columns}, **anew})


@cache
def _members() -> Select[*tuple[Any, ...]]:
    columns = (headlines.c.id, headlines.c.topic, headlines.c.published)
    return (
        select(*columns, func.length(headlines.c.text), func.coalesce(feeds.c.weight, 1.0))
        .join_from(headlines, feeds, isouter=True)
        .where(headlines.c.story_id == bindparam("story"), headlines.c.removed_at.is_(None))
        .order_by(headlines.c.published, headlines.c.id)
        .limit(MOST_ENTRIES)
    )


@cache
def _put() -> Update:
    here = update(headlines).where(headlines.c.id == bindparam("entry"))
    return here.values(story_id=bindparam("story"), placed_at=bindparam("at"))


def _packed(story: Centroid) -> dict[str, object]:
    return {
        "entries": story.entries,
        "terms": pack(story.terms),
        "names": pack_set(story.names),
        "sources": pack_set(story.sources),
        "skeleton": story.skeleton,
        "fresh": pack_set(story.fresh),
        "first_seen": story.first_seen,
        "last_seen": story.last_seen,
        "version": story.version,
        "changed_at": story.changed_at,
    }


def _centroid(row: Row[*tuple[Any, ...]]) -> Centroid:
    return Centroid(
        id=row.id,
        entries=row.entries,
        terms=unpack(row.terms),
        names=unpack_set(row.names),
        sources=unpack_set(row.sources),
        skeleton=row.skeleton,
        fresh=unpack_set(row.fresh),
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        version=row.version,
        changed_at=row.changed_at,
    )


def pack(terms: Terms) -> bytes:
    """Numbers of 32 bits, then their weights in half precision."""
    return struct.pack(f"<{len(terms)}I{len(terms)}e", *terms, *terms.values())


def unpack(packed: bytes) -> dict[int, float]:
    """What `pack` packed."""
    many = len(packed) // 6
    values = struct.unpack(f"<{many}I{many}e", packed)
    return dict(zip(values[:many], values[many:], strict=True))


def pack_set(terms: Collection[int]) -> bytes:
    """Numbers of 32 bits."""
    return struct.pack(f"<{len(terms)}I", *terms)


def unpack_set(packed: bytes) -> frozenset[int]:
    """What `pack_set` packed."""
    return frozenset(struct.unpack(f"<{len(packed) // 4}I", packed))
