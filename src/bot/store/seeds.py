"""Puts content files on the shelves, again and again, without undoing what admins did there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Column, Connection, Table, Text, bindparam, select, update

from bot.store.feeds import addresses, feeds
from bot.store.feeds import columns as feed_columns
from bot.store.folding import fold, indexed
from bot.store.headlines import headlines
from bot.store.jokes import jokes
from bot.store.reports import hash_text, reports
from bot.store.schema import insert, metadata
from bot.words.count import count_words

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row

    from bot.models.acts import ItemEntry, Shelf
    from bot.models.headlines import HeadlineEntry
    from bot.models.jokes import JokeEntry
    from bot.models.reports import ReportEntry

Origin = Literal["seed", "import"]
Values = dict[str, Any]

ROWS_AT_ONCE = 1000

# Retention: for good, one row a content folder.
seeds = Table(
    "seeds",
    metadata,
    Column("name", Text, primary_key=True),
    Column("digest", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of the entries; `kept` rows stayed as they were, unchanged or an admin's own."""

    added: int
    changed: int
    kept: int
    removed: int


@dataclass(frozen=True, slots=True)
class Sorted:
    """Rows that are new, `back` among them those that come back, and rows that differ."""

    added: list[Values]
    changed: list[Values]
    kept: int
    back: list[Values]


def apply(
    conn: Connection,
    shelf: Shelf,
    entries: Sequence[ItemEntry],
    now: datetime,
    *,
    origin: Origin,
    prune: bool,
) -> Applied:
    """Bring a shelf in line with entries; `prune` takes down seeds that are no longer among them.

    What an admin edited or removed stays so, and a seed does not touch what was imported.
    """
    table, _ = SHELVES[shelf]
    counts = dict.fromkeys(("added", "changed", "kept"), 0)
    for chunk in _chunks(entries):
        found = sort(conn, shelf, rows(shelf, chunk, origin=origin))
        put(conn, shelf, found, now)
        counts["added"] += len(found.added)
        counts["changed"] += len(found.changed)
        counts["kept"] += found.kept
    gone = _gone(conn, table, entries) if prune else []
    _take_down(conn, table, gone, now)
    return Applied(**counts, removed=len(gone))


def rows(shelf: Shelf, entries: Iterable[ItemEntry], *, origin: Origin) -> list[Values]:
    """What is written of entries, each key once: the part of the work that needs no database."""
    _, columns = SHELVES[shelf]
    return list({entry.key: _row(entry, columns, origin) for entry in entries}.values())


def sort(conn: Connection, shelf: Shelf, some: Sequence[Values]) -> Sorted:
    """What some rows would add and change, as `put` writes them.

    A feed that somebody follows already is left to them.
    """
    table, _ = SHELVES[shelf]
    ours = {row["key"]: row for row in (_unfollowed(conn, some) if shelf == "feeds" else some)}
    known = _known(conn, table, list(ours))
    added = [row for key, row in ours.items() if key not in known or _is_gone(known[key])]
    new = {row["key"] for row in added}
    changed = [row for key, row in ours.items() if key not in new and _yields(known[key], row)]
    back = [row for row in added if row["key"] in known]
    return Sorted(added, changed, len(some) - len(added) - len(changed), back)


def put(conn: Connection, shelf: Shelf, found: Sorted, now: datetime) -> None:
    """Write what `sort` found."""
    table, _ = SHELVES[shelf]
    back = {row["key"] for row in found.back}
    _add(conn, table, [row for row in found.added if row["key"] not in back], now)
    _change(conn, table, [*found.changed, *found.back])


def digest(conn: Connection, name: str) -> str | None:
    """What `set_digest` noted last."""
    found: str | None = conn.scalar(select(seeds.c.digest).where(seeds.c.name == name))
    return found


def set_digest(conn: Connection, name: str, digest: str) -> None:
    """Note which state of a content folder stands on the shelves."""
    fresh = insert(conn, seeds).values(name=name, digest=digest)
    conn.execute(fresh.on_conflict_do_update(index_elements=["name"], set_={"digest": digest}))


def _chunks(entries: Sequence[ItemEntry]) -> Iterator[list[ItemEntry]]:
    rest = iter(entries)
    while chunk := list(islice(rest, ROWS_AT_ONCE)):
        yield chunk


def _unfollowed(conn: Connection, some: Sequence[Values]) -> list[Values]:
    known = addresses(conn)
    return [row for row in some if known.get(row["address"], row["key"]) == row["key"]]


def _known(conn: Connection, table: Table, keys: list[str]) -> dict[str, Row[*tuple[Any, ...]]]:
    statement = select(
        table.c.key, table.c.seed_hash, table.c.origin, table.c.edited_at, table.c.removed_at
    )
    return {row.key: row for row in conn.execute(statement.where(table.c.key.in_(keys)))}


def _is_gone(known: Row[*tuple[Any, ...]]) -> bool:
    """Whether a file's row was taken down with all that is known of it: it is as good as new."""
    own = known.edited_at is None and known.origin != "admin"
    return own and known.removed_at is not None and known.seed_hash is None


def _yields(known: Row[*tuple[Any, ...]], row: dict[str, object]) -> bool:
    """Whether a stored row gives way; what an admin edited or removed does not."""
    removed_by_admin = known.removed_at is not None and known.seed_hash is not None
    if known.edited_at is not None or removed_by_admin or known.origin == "admin":
        return False
    if known.origin == "import" and row["origin"] == "seed":
        return False
    return bool(known.seed_hash != row["seed_hash"])


def _row(entry: ItemEntry, columns: Columns, origin: Origin) -> Values:
    seed_hash = blake2b(repr(entry).encode(), digest_size=16).hexdigest()
    return {"key": entry.key, **columns(entry), "origin": origin, "seed_hash": seed_hash}


def _add(conn: Connection, table: Table, rows: list[Values], now: datetime) -> None:
    if rows:
        fresh = insert(conn, table).on_conflict_do_nothing(index_elements=["key"])
        conn.execute(fresh, [{**row, "created_at": now} for row in rows])


def _change(conn: Connection, table: Table, rows: list[Values]) -> None:
    if not rows:
        return
    values: Values = {name: bindparam(name) for name in rows[0] if name != "key"}
    statement = update(table).where(table.c.key == bindparam("its_key"))
    rows = [{**row, "its_key": row["key"]} for row in rows]
    conn.execute(statement.values(**values, removed_at=None), rows)


def _gone(conn: Connection, table: Table, entries: Sequence[ItemEntry]) -> list[str]:
    untouched = (table.c.edited_at.is_(None), table.c.removed_at.is_(None))
    shelved = conn.scalars(select(table.c.key).where(table.c.origin == "seed", *untouched))
    there = {entry.key for entry in entries}
    return [key for key in shelved if key not in there]


def _take_down(conn: Connection, table: Table, keys: list[str], now: datetime) -> None:
    statement = update(table).where(table.c.key == bindparam("its_key"))
    if keys:
        gone = [{"its_key": key} for key in keys]
        due = {"placed_at": None} if "placed_at" in table.c else {}
        conn.execute(statement.values(removed_at=now, seed_hash=None, **due), gone)


def _joke(entry: JokeEntry) -> Values:
    return {
        "language": entry.language,
        "category": entry.category,
        "text": entry.text,
        "punchline": entry.punchline,
        "folded": indexed(entry.text, entry.punchline),
    }


def _headline(entry: HeadlineEntry) -> Values:
    return {
        "language": entry.language,
        "topic": entry.topic,
        "title": entry.title,
        "source": entry.source,
        "folded_source": fold(entry.source),
        "url": entry.url,
        "published": entry.published,
        "text": entry.text,
        "folded": indexed(entry.title, entry.source, entry.text),
        "quotes": None,
        "placed_at": None,
        "sample": entry.sample,
    }


def _report(entry: ReportEntry) -> Values:
    return {
        "language": entry.language,
        "title": entry.title,
        "text": entry.text,
        "text_hash": hash_text(entry.text),
        "folded": indexed(entry.title, entry.text),
        "words": count_words(entry.text),
        "published": entry.published,
    }


Columns = Callable[[Any], Values]

SHELVES: dict[Shelf, tuple[Table, Columns]] = {
    "jokes": (jokes, _joke),
    "headlines": (headlines, _headline),
    "reports": (reports, _report),
    "feeds": (feeds, feed_columns),
}
