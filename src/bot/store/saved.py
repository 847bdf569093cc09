"""What each person saved. It stays on their list when the shelf has it no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    select,
    update,
)

from bot.models.saved import Saved
from bot.store.schema import BigId, CleanText, Utc, count_rows, metadata

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from bot.models.saved import Kind, Target

# Retention: until the person takes it off or asks to be forgotten. `id` is that of the update that
# saved it: a number of the database's own could come again, and old buttons would open another
# thing. Of the three numbers the one of its kind is set, and null once its row is gone: therefore
# the title and the address are kept here as well.
saved = Table(
    "saved",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("joke_id", BigId, ForeignKey("jokes.id", ondelete="SET NULL")),
    Column("report_id", BigId, ForeignKey("reports.id", ondelete="SET NULL")),
    Column("story_id", BigId, ForeignKey("stories.id", ondelete="SET NULL")),
    Column("title", CleanText, nullable=False),
    Column("url", CleanText),
    Column("saved_at", Utc, nullable=False),
    UniqueConstraint("joke_id", "person_id"),
    UniqueConstraint("report_id", "person_id"),
    UniqueConstraint("story_id", "person_id"),
)
Index("ix_saved_person_id_saved_at", saved.c.person_id, saved.c.saved_at)
NUMBERS: dict[Kind, Column[int]] = {
    "joke": saved.c.joke_id,
    "report": saved.c.report_id,
    "story": saved.c.story_id,
}
SHOWN = (
    saved.c.id,
    saved.c.kind,
    func.coalesce(*NUMBERS.values()),
    saved.c.title,
    saved.c.url,
    saved.c.saved_at,
)


def add(conn: Connection, person_id: int, target: Target, update_id: int, now: datetime) -> None:
    """Put it on the person's list."""
    values = {"id": update_id, "person_id": person_id, "kind": target.kind, "title": target.title,
              "url": target.url, "saved_at": now}  # fmt: skip
    conn.execute(saved.insert().values(**values, **{NUMBERS[target.kind].name: target.id}))


def drop(conn: Connection, person_id: int, saved_id: int) -> None:
    """Take it off the person's list."""
    conn.execute(delete(saved).where(*_theirs(person_id, saved_id)))


def get(conn: Connection, person_id: int, saved_id: int) -> Saved | None:
    """One thing of the person's list."""
    row = conn.execute(select(*SHOWN).where(*_theirs(person_id, saved_id))).first()
    return Saved(*row) if row else None


def find(conn: Connection, person_id: int, kind: Kind, item_id: int) -> Saved | None:
    """The same by its number on the shelf."""
    here = (saved.c.person_id == person_id, NUMBERS[kind] == item_id)
    row = conn.execute(select(*SHOWN).where(*here)).first()
    return Saved(*row) if row else None


def count(conn: Connection, person_id: int) -> int:
    """How many things a person has saved."""
    return count_rows(conn, saved, saved.c.person_id == person_id)


def page(conn: Connection, person_id: int, offset: int, limit: int) -> list[Saved]:
    """Some of a person's list, what was saved last first."""
    order = (saved.c.saved_at.desc(), saved.c.id.desc())
    theirs = select(*SHOWN).where(saved.c.person_id == person_id).order_by(*order)
    return [Saved(*row) for row in conn.execute(theirs.offset(offset).limit(limit))]


def absorb(conn: Connection, story_id: int, into: int) -> None:
    """Who saved a story has saved the one it became part of, once."""
    here = saved.c.story_id == story_id
    both = select(saved.c.person_id).where(saved.c.story_id == into)
    conn.execute(delete(saved).where(here, saved.c.person_id.in_(both)))
    conn.execute(update(saved).where(here).values(story_id=into))


def _theirs(person_id: int, saved_id: int) -> tuple[ColumnElement[bool], ...]:
    return (saved.c.id == saved_id, saved.c.person_id == person_id)
