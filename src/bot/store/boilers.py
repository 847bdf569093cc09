"""Lines that a source repeats under whatever it says, as editors pointed them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, Connection, Table, UniqueConstraint, delete, select

from bot.store.schema import BigId, CleanText, Utc, insert, metadata

if TYPE_CHECKING:
    from datetime import datetime

# Retention: for good; the number of who pointed it out, and no name.
boilers = Table(
    "boilers",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("source", CleanText, nullable=False),
    Column("line", CleanText, nullable=False),
    Column("person_id", BigInteger, nullable=False),
    Column("at", Utc, nullable=False),
    UniqueConstraint("source", "line"),
)


def add(conn: Connection, source: str, line: str, person_id: int, now: datetime) -> int:
    """From now on this line of this source is nothing; its number."""
    values = {"source": source, "line": line, "person_id": person_id, "at": now}
    fresh = insert(conn, boilers).values(**values)
    conn.execute(fresh.on_conflict_do_nothing(index_elements=["source", "line"]))
    here = (boilers.c.source == source, boilers.c.line == line)
    number: int = conn.execute(select(boilers.c.id).where(*here)).scalar_one()
    return number


def drop(conn: Connection, number: int, person_id: int) -> str | None:
    """It is a line like any other again; its source, if this person pointed it out."""
    here = (boilers.c.id == number, boilers.c.person_id == person_id)
    source: str | None = conn.scalar(delete(boilers).where(*here).returning(boilers.c.source))
    return source


def of(conn: Connection, source: str) -> list[str]:
    """All of a source."""
    return list(conn.scalars(select(boilers.c.line).where(boilers.c.source == source)))
