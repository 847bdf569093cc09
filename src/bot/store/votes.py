"""What people think of jokes: one vote each, and flags for those that should go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    ScalarSelect,
    Table,
    Text,
    func,
    select,
)

from bot.store.schema import BigId, Utc, insert, metadata

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from bot.models.jokes import Vote

# Retention of both: until the person asks to be forgotten or the joke's row goes.
joke_votes = Table(
    "joke_votes",
    metadata,
    Column("joke_id", BigId, ForeignKey("jokes.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("vote", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_joke_votes_person_id", joke_votes.c.person_id)
joke_flags = Table(
    "joke_flags",
    metadata,
    Column("joke_id", BigId, ForeignKey("jokes.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("flagged_at", Utc, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_joke_flags_person_id", joke_flags.c.person_id)


def vote(conn: Connection, joke_id: int, person_id: int, vote: Vote) -> tuple[int, int]:
    """This person's one vote, which may change; the new (laughs, shrugs)."""
    fresh = insert(conn, joke_votes).values(joke_id=joke_id, person_id=person_id, vote=vote)
    key = ["joke_id", "person_id"]
    conn.execute(fresh.on_conflict_do_update(index_elements=key, set_={"vote": vote}))
    return counts(conn, joke_id)


def counts(conn: Connection, joke_id: int) -> tuple[int, int]:
    """(laughs, shrugs)."""
    both = select(counted("laugh", joke_id), counted("shrug", joke_id))
    laughs, shrugs = conn.execute(both).one()
    return laughs, shrugs


def counted(vote: Vote, joke_id: ColumnElement[int] | int) -> ScalarSelect[int]:
    """How many gave this vote, as a subquery."""
    return (
        select(func.count())
        .where(joke_votes.c.joke_id == joke_id, joke_votes.c.vote == vote)
        .scalar_subquery()
    )


def flag(conn: Connection, joke_id: int, person_id: int, now: datetime) -> bool:
    """This person wants the joke gone; True if they had not said so before."""
    values = {"joke_id": joke_id, "person_id": person_id, "flagged_at": now}
    fresh = insert(conn, joke_flags).values(**values).on_conflict_do_nothing()
    return conn.execute(fresh.returning(joke_flags.c.joke_id)).first() is not None
