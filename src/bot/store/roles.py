"""Roles by numeric id, and the audit: what admins did and what others tried."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, Connection, ForeignKey, Table, Text, delete, select

from bot.models.roles import Act, Role
from bot.store.chats import people
from bot.store.schema import BigId, CleanText, Utc, count_rows, insert, metadata
from bot.words.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement

# The audit keeps the number of whom these were done to.
_TO_PEOPLE = ("grant", "revoke", "ban", "unban")
# Retention: until it is revoked, or the person asks to be forgotten.
roles = Table(
    "roles",
    metadata,
    Column("person_id", BigId, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("role", Text, nullable=False),
    Column("granted_at", Utc, nullable=False),
)
# Retention: AUDIT_KEEP_DAYS, with a number and no name, so that it outlives a /forget.
audit = Table(
    "audit",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("update_id", BigInteger, nullable=False, unique=True),
    Column("person_id", BigInteger, nullable=False),
    Column("what", Text, nullable=False),
    Column("detail", CleanText, nullable=False),
    Column("at", Utc, nullable=False, index=True),
)


def role_of(conn: Connection, person_id: int) -> Role | None:
    """What somebody was granted."""
    found: Role | None = conn.scalar(select(roles.c.role).where(roles.c.person_id == person_id))
    return found


def everybody(conn: Connection) -> dict[int, Role]:
    """All who were granted a role."""
    return {row.person_id: row.role for row in conn.execute(select(roles))}


def name_of(conn: Connection, person_id: int) -> str | None:
    """The name of a person the bot has met."""
    found: str | None = conn.scalar(select(people.c.name).where(people.c.id == person_id))
    return found


def grant(conn: Connection, person_id: int, role: Role, now: datetime) -> None:
    """Give a remembered person this role instead of any other."""
    values = {"role": role, "granted_at": now}
    fresh = insert(conn, roles).values(person_id=person_id, **values)
    conn.execute(fresh.on_conflict_do_update(index_elements=["person_id"], set_=values))


def revoke(conn: Connection, person_id: int) -> None:
    """Take the role away."""
    conn.execute(delete(roles).where(roles.c.person_id == person_id))


def note(
    conn: Connection, person_id: int, what: str, detail: str, update_id: int, now: datetime
) -> None:
    """A line of the audit; an update that is replayed has its line already."""
    values = {"person_id": person_id, "what": what, "detail": detail, "at": now}
    fresh = insert(conn, audit).values(update_id=update_id, **values)
    conn.execute(fresh.on_conflict_do_nothing(index_elements=["update_id"]))


def acts(
    conn: Connection, what: Sequence[str], word: str, offset: int, limit: int
) -> tuple[list[Act], int]:
    """Lines of the audit, the newest first, and how many there are; see `services.audit`."""
    theirs = audit.outerjoin(people, people.c.id == audit.c.person_id)
    wanted: list[ColumnElement[bool]] = [audit.c.what.in_(what)] if what else []
    if (number := whole(word)) is not None:
        wanted.append(audit.c.person_id == number)
    elif word:
        wanted.append(people.c.name.icontains(word, autoescape=True))
    total = count_rows(conn, theirs, *wanted)
    shown = select(audit.c.what, audit.c.detail, audit.c.person_id, people.c.name, audit.c.at)
    newest = shown.select_from(theirs).where(*wanted).order_by(audit.c.id.desc())
    found = [Act(*row) for row in conn.execute(newest.offset(offset).limit(limit))]
    return _with_names(conn, found), total


def _with_names(conn: Connection, acts: Sequence[Act]) -> list[Act]:
    """Whom something was done to is called as they are called today."""
    numbers = [int(act.detail.split()[0]) for act in acts if act.what in _TO_PEOPLE]
    named = select(people.c.id, people.c.name).where(
        people.c.id.in_(numbers), people.c.name.is_not(None)
    )
    names = {str(row.id): f"{row.name} ({row.id})" for row in conn.execute(named)}
    return [_named(act, names) if act.what in _TO_PEOPLE else act for act in acts]


def _named(act: Act, names: Mapping[str, str]) -> Act:
    number, blank, rest = act.detail.partition(" ")
    return replace(act, detail=f"{names.get(number, number)}{blank}{rest}")


def purge(conn: Connection, before: datetime) -> None:
    """Drop old lines of the audit."""
    conn.execute(delete(audit).where(audit.c.at < before))
