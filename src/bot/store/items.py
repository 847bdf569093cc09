"""Single items of the shelves, as admins add, change and remove them by hand."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, select, update

from bot.models.acts import Item, ItemEntry, Kind, Shelf
from bot.models.feeds import FeedEntry
from bot.models.headlines import HeadlineEntry
from bot.models.jokes import JokeEntry
from bot.models.reports import ReportEntry
from bot.store import feeds
from bot.store.reports import readings, reports
from bot.store.schema import count_rows, insert
from bot.store.search import matching
from bot.store.seeds import SHELVES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Row

KINDS: dict[Shelf, type[ItemEntry]] = {
    "jokes": JokeEntry,
    "headlines": HeadlineEntry,
    "reports": ReportEntry,
    "feeds": FeedEntry,
}
# Those whose texts are kept, and in time let go.
TEXTS: tuple[Shelf, ...] = ("jokes", "headlines", "reports")
EMPTY = {"text": "", "folded": "", "title": "", "punchline": None, "quotes": None}


def shelf_of(entry: ItemEntry) -> Shelf:
    """Where it belongs."""
    return next(shelf for shelf, kind in KINDS.items() if isinstance(entry, kind))


def add(conn: Connection, entry: ItemEntry, now: datetime, *, by: int) -> int:
    """Shelve it, so that no seed changes it; one whose key is there already is the same item."""
    if isinstance(entry, FeedEntry):
        return feeds.add(conn, entry, now, by=by)[0].id
    table, columns = SHELVES[shelf_of(entry)]
    row = {"key": entry.key, **columns(entry), "origin": "admin", "created_at": now}
    conn.execute(insert(conn, table).values(row).on_conflict_do_nothing(index_elements=["key"]))
    return int(conn.execute(select(table.c.id).where(table.c.key == entry.key)).scalar_one())


def find(conn: Connection, shelf: Shelf, item_id: int) -> Item | None:
    """An item, also one that was removed; None once its text is gone as well."""
    table, _ = SHELVES[shelf]
    row = conn.execute(select(table).where(table.c.id == item_id)).first()
    if row is None or ("folded" in table.c and not any(row.folded.split())):
        return None
    return Item(entry_of(shelf, row), row.edited_at, row.removed_at)


def with_keys(conn: Connection, shelf: Shelf, keys: Sequence[str]) -> dict[str, ItemEntry]:
    """What stands there under these keys, removed or not."""
    table, _ = SHELVES[shelf]
    found = conn.execute(select(table).where(table.c.key.in_(keys)))
    return {row.key: entry_of(shelf, row) for row in found}


def page(
    conn: Connection, shelf: Shelf, kind: Kind, word: str, offset: int, limit: int
) -> tuple[list[tuple[int, ItemEntry]], int]:
    """Items of a shelf with their numbers, the newest first, and how many there are."""
    table, _ = SHELVES[shelf]
    gone = table.c.removed_at.is_not(None) & (table.c.folded != "")
    wanted: list[ColumnElement[bool]] = [
        gone if kind == "removed" else table.c.removed_at.is_(None)
    ]
    if kind == "admins":
        wanted.append(table.c.origin.in_(("admin", "import")) | table.c.edited_at.is_not(None))
    if word:
        wanted.append(matching(conn.dialect.name, table, word))
    total = count_rows(conn, table, *wanted)
    newest = select(table).where(*wanted).order_by(table.c.id.desc())
    found = conn.execute(newest.offset(offset).limit(limit))
    return [(row.id, entry_of(shelf, row)) for row in found], total


def change(conn: Connection, item_id: int, entry: ItemEntry, edited_at: datetime | None) -> None:
    """Let the item say this from now on, with when it was edited last."""
    table, columns = SHELVES[shelf_of(entry)]
    here = update(table).where(table.c.id == item_id)
    conn.execute(here.values(**columns(entry), edited_at=edited_at))


def remove(conn: Connection, shelf: Shelf, item_id: int, now: datetime | None) -> None:
    """Take it off the shelf; with None put it back."""
    table, _ = SHELVES[shelf]
    due = {name: None for name in ("placed_at", "next_at") if name in table.c}
    conn.execute(update(table).where(table.c.id == item_id).values(removed_at=now, **due))


def purge(conn: Connection, before: datetime) -> None:
    """Of what was removed before then nothing stays but, of what files may bring back, its key."""
    for shelf in TEXTS:
        table, _ = SHELVES[shelf]
        old = table.c.removed_at < before
        conn.execute(delete(table).where(old, table.c.origin == "admin"))
        kept = update(table).where(old, table.c.seed_hash.is_not(None), table.c.folded != "")
        conn.execute(kept.values({name: EMPTY[name] for name in EMPTY if name in table.c}))
    gone = select(reports.c.id).where(reports.c.removed_at < before, reports.c.folded == "")
    conn.execute(delete(readings).where(readings.c.report_id.in_(gone)))


def dump(entry: ItemEntry) -> str:
    """For `load`."""
    return json.dumps(asdict(entry), ensure_ascii=False, default=_iso)


def load(shelf: Shelf, text: str) -> ItemEntry:
    """What `dump` wrote."""
    values: dict[str, Any] = json.loads(text)
    if values.get("published"):
        kind = datetime if shelf == "headlines" else date
        values["published"] = kind.fromisoformat(values["published"])
    return KINDS[shelf](**values)


def _iso(value: date) -> str:
    return value.isoformat()


def entry_of(shelf: Shelf, row: Row[*tuple[Any, ...]]) -> ItemEntry:
    """What a row says."""
    if shelf == "feeds":
        return feeds.entry_of(row)
    kind = KINDS[shelf]
    names = [field.name for field in fields(kind) if field.name != "late"]
    return kind(**{name: getattr(row, name) for name in names})
