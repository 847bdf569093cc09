"""What admins planned: items that come onto their shelf later, or leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Table,
    Text,
    UniqueConstraint,
    delete,
    select,
)

from bot.models.plans import Plan
from bot.store import items
from bot.store import readings as written
from bot.store.schema import BigId, CleanText, Utc, insert, metadata

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row

    from bot.models.acts import ItemEntry, Shelf
    from bot.models.reading import Reading

# Retention: until it is done or called off. `update_id` is the press on Publish.
plans = Table(
    "plans",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("person_id", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("what", Text, nullable=False),
    Column("shelf", Text, nullable=False),
    Column("entry", CleanText),
    Column("reading", CleanText),
    Column("item_id", BigInteger),
    Column("due_at", Utc, nullable=False),
    Column("expires_at", Utc),
    UniqueConstraint("update_id", "what"),
)
Index("ix_plans_due_at", plans.c.due_at)


def publish(
    conn: Connection,
    person_id: int,
    update_id: int,
    entry: ItemEntry,
    reading: Reading | None,
    due_at: datetime,
    expires_at: datetime | None,
) -> Plan:
    """Let it come then."""
    kept = {"entry": items.dump(entry), "reading": written.dump(reading) if reading else None}
    place = {"person_id": person_id, "update_id": update_id, "shelf": items.shelf_of(entry)}
    _add(conn, what="publish", **place, **kept, due_at=due_at, expires_at=expires_at)
    return _one(conn, update_id)


def expire(
    conn: Connection, person_id: int, update_id: int, shelf: Shelf, item_id: int, due_at: datetime
) -> None:
    """Let it go then, and not when it was to go before."""
    stay(conn, shelf, item_id)
    place = {"person_id": person_id, "update_id": update_id, "shelf": shelf, "item_id": item_id}
    _add(conn, what="expire", **place, due_at=due_at)


def stay(conn: Connection, shelf: Shelf, item_id: int) -> None:
    """It does not go by itself."""
    conn.execute(delete(plans).where(*_going(shelf, item_id)))


def goes_at(conn: Connection, shelf: Shelf, item_id: int) -> datetime | None:
    """When it goes by itself."""
    found: datetime | None = conn.scalar(select(plans.c.due_at).where(*_going(shelf, item_id)))
    return found


def of_update(conn: Connection, update_id: int) -> Plan | None:
    """What was planned by a press that is handled once more."""
    here = (plans.c.update_id == update_id, plans.c.what == "publish")
    row = conn.execute(select(plans).where(*here)).first()
    return _plan(row) if row else None


def due(conn: Connection, now: datetime, most: int) -> list[Plan]:
    """What is to happen now, the earliest first."""
    here = select(plans).where(plans.c.due_at <= now).order_by(plans.c.due_at).limit(most)
    return [_plan(row) for row in conn.execute(here)]


def last(conn: Connection, person_id: int, most: int) -> list[Plan]:
    """What this person planned to publish and can call off, the newest first."""
    theirs = (plans.c.person_id == person_id, plans.c.what == "publish")
    newest = select(plans).where(*theirs).order_by(plans.c.id.desc()).limit(most)
    return [_plan(row) for row in conn.execute(newest)]


def find(conn: Connection, person_id: int, plan_id: int) -> Plan | None:
    """One of this person's own."""
    here = (plans.c.id == plan_id, plans.c.person_id == person_id)
    row = conn.execute(select(plans).where(*here)).first()
    return _plan(row) if row else None


def drop(conn: Connection, plan_id: int) -> None:
    """It is done, or called off."""
    conn.execute(delete(plans).where(plans.c.id == plan_id))


def _going(shelf: Shelf, item_id: int) -> tuple[ColumnElement[bool], ...]:
    return plans.c.what == "expire", plans.c.shelf == shelf, plans.c.item_id == item_id


def _add(conn: Connection, **values: Any) -> None:
    fresh = insert(conn, plans).values(**values)
    conn.execute(fresh.on_conflict_do_nothing(index_elements=["update_id", "what"]))


def _one(conn: Connection, update_id: int) -> Plan:
    here = (plans.c.update_id == update_id, plans.c.what == "publish")
    return _plan(conn.execute(select(plans).where(*here)).one())


def _plan(row: Row[*tuple[Any, ...]]) -> Plan:
    entry = items.load(row.shelf, row.entry) if row.entry else None
    reading = written.load(row.reading) if row.reading else None
    place = (row.id, row.person_id, row.update_id, row.what, row.shelf)
    return Plan(*place, entry, reading, row.item_id, row.due_at, row.expires_at)
