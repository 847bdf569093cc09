"""What each admin changed on the shelves, with what is needed to take it back."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Table,
    Text,
    delete,
    select,
    update,
)

from bot.models.acts import NOUNS, Change, Item
from bot.store import items, roles
from bot.store.schema import BigId, CleanText, Utc, insert, metadata

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Row

    from bot.models.acts import Shelf, What

# Retention: ACTS_KEEP_DAYS; it holds a number and no name. `before` is null for what was added.
acts = Table(
    "acts",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("update_id", BigInteger, nullable=False, unique=True),
    Column("person_id", BigInteger, nullable=False),
    Column("what", Text, nullable=False),
    Column("shelf", Text, nullable=False),
    Column("item_id", BigInteger, nullable=False),
    Column("before", CleanText),
    Column("at", Utc, nullable=False),
    Column("undone_at", Utc),
)
Index("ix_acts_person_id_at", acts.c.person_id, acts.c.at)
Index("ix_acts_at", acts.c.at)


def note(
    conn: Connection,
    person_id: int,
    what: What,
    shelf: Shelf,
    item_id: int,
    before: Item | None,
    update_id: int,
    now: datetime,
    *,
    said: str | None = None,
) -> Change:
    """Remember what was done, for its undo and in the audit, where it may be `said` otherwise."""
    kept = {"before": _dump(before) if before else None, "at": now}
    place = {"person_id": person_id, "what": what, "shelf": shelf, "item_id": item_id}
    fresh = insert(conn, acts).values(update_id=update_id, **place, **kept)
    conn.execute(fresh.on_conflict_do_nothing(index_elements=["update_id"]))
    roles.note(conn, person_id, said or what, f"{NOUNS[shelf]}-{item_id}", update_id, now)
    return _one(conn, acts.c.update_id == update_id)


def of_update(conn: Connection, update_id: int) -> Change | None:
    """What was done for an update that is handled once more."""
    return _first(conn, acts.c.update_id == update_id)


def find(conn: Connection, person_id: int, act_id: int) -> Change | None:
    """One of this person's own."""
    return _first(conn, acts.c.person_id == person_id, acts.c.id == act_id)


def last(conn: Connection, person_id: int, most: int) -> list[Change]:
    """What this person did and has not taken back, the newest first."""
    theirs = (acts.c.person_id == person_id, acts.c.undone_at.is_(None))
    newest = select(acts).where(*theirs).order_by(acts.c.at.desc(), acts.c.id.desc())
    return [_change(conn, row) for row in conn.execute(newest.limit(most))]


def take_back(conn: Connection, act_id: int, now: datetime) -> None:
    """It was."""
    conn.execute(update(acts).where(acts.c.id == act_id).values(undone_at=now))


def purge(conn: Connection, before: datetime) -> None:
    """What was done before then stands."""
    conn.execute(delete(acts).where(acts.c.at < before))


def _first(conn: Connection, *where: ColumnElement[bool]) -> Change | None:
    row = conn.execute(select(acts).where(*where)).first()
    return _change(conn, row) if row else None


def _one(conn: Connection, *where: ColumnElement[bool]) -> Change:
    return _change(conn, conn.execute(select(acts).where(*where)).one())


def _change(conn: Connection, row: Row[*tuple[Any, ...]]) -> Change:
    before = _load(row.shelf, row.before) if row.before else None
    item = items.find(conn, row.shelf, row.item_id)
    place = (row.id, row.what, row.shelf, row.item_id)
    return Change(*place, before, item, row.at, row.undone_at)


def _dump(item: Item) -> str:
    edited = item.edited_at.isoformat() if item.edited_at else None
    return json.dumps({"entry": items.dump(item.entry), "edited_at": edited}, ensure_ascii=False)


def _load(shelf: Shelf, text: str) -> Item:
    kept = json.loads(text)
    edited = datetime.fromisoformat(kept["edited_at"]) if kept["edited_at"] else None
    return Item(items.load(shelf, kept["entry"]), edited)
