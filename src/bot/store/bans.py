"""Whom the bot does not answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, Connection, Table, delete, exists, select

from bot.store.schema import BigId, Utc, insert, metadata

if TYPE_CHECKING:
    from datetime import datetime

# Retention: until it is taken back; a number and no name, so that it outlives a /forget.
bans = Table(
    "bans",
    metadata,
    Column("person_id", BigId, primary_key=True, autoincrement=False),
    Column("banned_by", BigInteger, nullable=False),
    Column("banned_at", Utc, nullable=False),
)


def everybody(conn: Connection) -> frozenset[int]:
    """All who are banned."""
    return frozenset(conn.scalars(select(bans.c.person_id)))


def is_banned(conn: Connection, person_id: int) -> bool:
    """Whether this one is."""
    return bool(conn.scalar(select(exists().where(bans.c.person_id == person_id))))


def add(conn: Connection, person_id: int, by: int, now: datetime) -> None:
    """Answer this person no more; who is banned stays so since then."""
    fresh = insert(conn, bans).values(person_id=person_id, banned_by=by, banned_at=now)
    conn.execute(fresh.on_conflict_do_nothing(index_elements=["person_id"]))


def drop(conn: Connection, person_id: int) -> None:
    """Answer them again."""
    conn.execute(delete(bans).where(bans.c.person_id == person_id))
