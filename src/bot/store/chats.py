"""Chats and people that the bot has met, who was let in, and invitations."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    and_,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    true,
    update,
)

from bot.models.chats import Chat, Person
from bot.models.subscriptions import QuietHours
from bot.schedule.zones import known
from bot.store.schema import BigId, CleanText, Utc, insert, metadata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.sql.dml import ReturningInsert

# Retention: until the chat or the person asks to be forgotten. `timezone` null means the default;
# from the hour `quiet_start` to `quiet_end` nothing comes by itself.
chats = Table(
    "chats",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("title", CleanText, nullable=False),
    Column("language", Text, nullable=False),
    Column("timezone", Text),
    Column("quiet_start", Integer),
    Column("quiet_end", Integer),
    Column("bare_report", Boolean, nullable=False, server_default=false()),
    Column("admitted_at", Utc),
    Column("paused_at", Utc),
    Column("first_seen_at", Utc, nullable=False),
    Column("seen_at", Utc, nullable=False),
)
QUIET = (chats.c.quiet_start, chats.c.quiet_end)
people = Table(
    "people",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("name", CleanText, nullable=False),
    Column("language_code", CleanText),
    Column("admitted_at", Utc),
    Column("first_seen_at", Utc, nullable=False),
    Column("seen_at", Utc, nullable=False),
)
# Retention: until they expire; of the link only a hash is kept.
invites = Table(
    "invites",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("created_by", BigInteger, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("used_by", BigInteger),
)


def remember(conn: Connection, chat: Chat, person: Person | None, now: datetime) -> Chat:
    """Keep who was met. A known chat's language is its own: the one passed is for a new chat."""
    seen = {"first_seen_at": now, "seen_at": now}
    if person is not None:
        who = {"id": person.id, "name": person.name, "language_code": person.language_code}
        conn.execute(_meeting(conn.dialect.name, people), {**who, **seen})
    place = {"id": chat.id, "kind": chat.kind, "title": chat.title, "language": chat.language}
    stored = conn.execute(_meeting(conn.dialect.name, chats), {**place, **seen}).one()
    return Chat(stored.id, stored.kind, stored.title, stored.language, stored.bare_report)


@cache
def _meeting(dialect: str, table: Table) -> ReturningInsert[*tuple[Any, ...]]:
    fresh = insert(dialect, table)
    changing = ("kind", "title", "name", "language_code", "seen_at")
    changed = {name: fresh.excluded[name] for name in changing if name in table.c}
    return fresh.on_conflict_do_update(index_elements=["id"], set_=changed).returning(*table.c)


def set_language(conn: Connection, chat_id: int, language: str) -> None:
    """The chat chose a language."""
    _set(conn, chats, chat_id, language=language)


def set_bare_report(conn: Connection, chat_id: int, on: bool) -> None:
    """A group chose whether a bare /report is for us."""
    _set(conn, chats, chat_id, bare_report=on)


def zone(conn: Connection, chat_id: int) -> str | None:
    """The IANA zone that the chat said it is in."""
    found: str | None = conn.scalar(select(chats.c.timezone).where(chats.c.id == chat_id))
    return found and known(found)


def language(conn: Connection, chat_id: int) -> str | None:
    """The chat's language; None for a chat that is not known."""
    found: str | None = conn.scalar(select(chats.c.language).where(chats.c.id == chat_id))
    return found


def set_zone(conn: Connection, chat_id: int, zone: str) -> None:
    """The chat said where it is."""
    _set(conn, chats, chat_id, timezone=zone)


def quiet(conn: Connection, chat_id: int) -> QuietHours | None:
    """When the chat is to be left in peace."""
    row = conn.execute(select(*QUIET).where(chats.c.id == chat_id)).first()
    return quiet_of(row) if row else None


def quiet_of(row: Row[*tuple[Any, ...]]) -> QuietHours | None:
    """The same in a row with the columns of `QUIET`."""
    if row.quiet_start is None or row.quiet_end is None:
        return None
    return QuietHours(row.quiet_start, row.quiet_end)


def set_quiet(conn: Connection, chat_id: int, hours: QuietHours | None) -> None:
    """The chat said when."""
    start, end = (hours.start, hours.end) if hours else (None, None)
    _set(conn, chats, chat_id, quiet_start=start, quiet_end=end)


def is_admitted(conn: Connection, chat_id: int, person_id: int | None) -> bool:
    """Whether an admin let in this chat, or this person."""
    chat = exists().where(chats.c.id == chat_id, chats.c.admitted_at.is_not(None))
    person = exists().where(people.c.id == person_id, people.c.admitted_at.is_not(None))
    return bool(conn.scalar(select(or_(chat, person))))


def admit_chat(conn: Connection, chat_id: int, now: datetime) -> bool:
    """Let a remembered chat in; False if nobody knows it."""
    return _set(conn, chats, chat_id, admitted_at=func.coalesce(chats.c.admitted_at, now))


def admit_person(conn: Connection, person_id: int, now: datetime) -> bool:
    """Let a remembered person in; False if nobody knows them."""
    return _set(conn, people, person_id, admitted_at=func.coalesce(people.c.admitted_at, now))


def pause(conn: Connection, chat_id: int, now: datetime) -> None:
    """Telegram says we may not write there: keep everything, send nothing."""
    _set(conn, chats, chat_id, paused_at=func.coalesce(chats.c.paused_at, now))


def resume(conn: Connection, chat_id: int) -> None:
    """The chat wants to hear from us again."""
    _set(conn, chats, chat_id, paused_at=None)


def _set(conn: Connection, table: Table, row_id: int, **values: Any) -> bool:
    return conn.execute(update(table).where(table.c.id == row_id).values(**values)).rowcount == 1


def add_invite(conn: Connection, token_hash: str, created_by: int, expires_at: datetime) -> None:
    """A link that lets one person in."""
    values = {"token_hash": token_hash, "created_by": created_by, "expires_at": expires_at}
    conn.execute(invites.insert().values(**values))


def use_invite(conn: Connection, token_hash: str, person_id: int, now: datetime) -> bool:
    """Let a remembered person in by a link; it serves only one, who may come twice."""
    free = or_(invites.c.used_by.is_(None), invites.c.used_by == person_id)
    statement = (
        update(invites)
        .where(invites.c.token_hash == token_hash, invites.c.expires_at > now, free)
        .values(used_by=person_id)
    )
    return conn.execute(statement).rowcount == 1 and admit_person(conn, person_id, now)


def purge_invites(conn: Connection, now: datetime) -> None:
    """Drop those that expired."""
    conn.execute(delete(invites).where(invites.c.expires_at <= now))


def migrate_chat(conn: Connection, old_id: int, new_id: int) -> None:
    """A group became a supergroup: all it has moves to the new id, settings included, but for a
    pause because the bot had left the old one.

    Where both have a row of the same key, the new chat's row stays. A group that was only heard of
    after its move, for Telegram tells that from both ends, has nothing to bring.
    """
    old = conn.execute(select(chats).where(chats.c.id == old_id)).mappings().one_or_none()
    if old is not None:
        kept = {**old, "id": new_id, "kind": "supergroup", "paused_at": None}
        moved = insert(conn, chats).values(**kept)
        first = chats.c.first_seen_at >= kept["first_seen_at"]
        lasting = {name: kept[name] for name in kept if name not in {"id", "seen_at"}}
        conn.execute(moved.on_conflict_do_update(index_elements=["id"], set_=lasting, where=first))
    for table, column in _columns_of_chats():
        _move(conn, table, column, old_id, new_id)
    conn.execute(delete(chats).where(chats.c.id == old_id))


def _columns_of_chats() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column that names a chat: by a foreign key, or by its name."""
    for table in metadata.sorted_tables:
        for column in table.c:
            if names_chat(column):
                yield table, column


def names_chat(column: Column[Any]) -> bool:
    """Whether a column holds the number of a chat, of which it need not be a foreign key."""
    return column.name == "chat_id" or column.references(chats.c.id)


def _move(conn: Connection, table: Table, column: Column[Any], old_id: int, new_id: int) -> None:
    statement = update(table).where(column == old_id).values({column.name: new_id})
    keys = _keys_with(table, column)
    for others in keys:
        there = table.alias()
        same = and_(true(), *(there.c[other] == table.c[other] for other in others))
        statement = statement.where(~exists().where(there.c[column.name] == new_id, same))
    conn.execute(statement)
    if keys:
        conn.execute(delete(table).where(column == old_id))


def _keys_with(table: Table, column: Column[Any]) -> list[list[str]]:
    """The unique keys this column is part of: the names of their other columns."""
    unique = (PrimaryKeyConstraint, UniqueConstraint)
    keys = [list(key.columns) for key in table.constraints if isinstance(key, unique)]
    keys += [[table.c[c.name] for c in index.columns] for index in table.indexes if index.unique]
    return [[other.name for other in key if other is not column] for key in keys if column in key]
