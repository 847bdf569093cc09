"""What chats and people set, to be taken along to another bot; nothing that they wrote."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    Table,
    Text,
    select,
)
from sqlalchemy.exc import IntegrityError

from bot.store.bans import bans
from bot.store.chats import chats, people
from bot.store.interests import interests
from bot.store.jokes import jokes
from bot.store.schema import CleanText, Utc, insert, storable
from bot.store.subscriptions import subscriptions
from bot.store.votes import joke_votes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.types import TypeEngine

    Rows = Sequence[Mapping[str, Any]]

# Parents first. Their own numbers and places in this bot's shelves stay behind.
TABLES = (chats, people, bans, subscriptions, interests)
_BEHIND = {"subscriptions": {"id", "report_id", "report_part"}, "interests": {"id"}}
# Of these a chat that has some already keeps its own.
_OWN = {"subscriptions", "interests"}
VOTES = joke_votes.name


def dump(conn: Connection) -> dict[str, list[dict[str, Any]]]:
    """All of it as JSON can hold it; votes name their joke by its key."""
    found = {table.name: _rows(conn, table) for table in TABLES}
    voted = select(jokes.c.key, joke_votes.c.person_id, joke_votes.c.vote)
    named = voted.join_from(joke_votes, jokes).where(jokes.c.key.is_not(None))
    found[VOTES] = [dict(row) for row in conn.execute(named).mappings()]
    return found


def load(conn: Connection, found: Mapping[str, Rows]) -> dict[str, int]:
    """Take it in beside what there is, which stays as it is; how many rows of each are new.

    Raises a ValueError for rows that fit nothing.
    """
    try:
        return _load(conn, found)
    except IntegrityError as error:
        raise ValueError("rows that fit nothing") from error


def _load(conn: Connection, found: Mapping[str, Rows]) -> dict[str, int]:
    counts = {}
    for table in TABLES:
        rows = [_loaded(table, row) for row in found.get(table.name, ())]
        if table.name in _OWN:
            theirs = set(conn.scalars(select(table.c.chat_id).distinct()))
            rows = [row for row in rows if row["chat_id"] not in theirs]
        counts[table.name] = _add(conn, table, rows)
    keys = {row.key: row.id for row in conn.execute(select(jokes.c.key, jokes.c.id))}
    votes = [_loaded(joke_votes, {**row, "joke_id": keys[row["key"]]})
             for row in found.get(VOTES, ()) if row["key"] in keys]  # fmt: skip
    counts[VOTES] = _add(conn, joke_votes, votes)
    return counts


def _columns(table: Table) -> list[Column[Any]]:
    behind = _BEHIND.get(table.name, set())
    return [column for column in table.columns if column.name not in behind]


def _rows(conn: Connection, table: Table) -> list[dict[str, Any]]:
    found = conn.execute(select(*_columns(table)).order_by(*table.primary_key)).mappings()
    return [{name: value.isoformat() if isinstance(value, date) else value
             for name, value in row.items()} for row in found]  # fmt: skip


def _loaded(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """What an older bot did not know yet is as if nobody had set it."""
    known = [column for column in _columns(table) if column.name in row]
    return {column.name: _value(column.type, row[column.name]) for column in known}


def _value(kind: TypeEngine[Any], value: Any) -> object:
    """As the column takes it; a ValueError or TypeError for what no bot wrote."""
    if value is None:
        return None
    match kind:
        case Utc() if (moment := datetime.fromisoformat(value)).tzinfo:
            return moment
        case Date():
            return date.fromisoformat(value)
        case Integer() if type(value) is int and abs(value) < _past(kind):
            return value
        case Boolean() if isinstance(value, bool):
            return value
        case Text() | CleanText() if isinstance(value, str):
            return storable(value)
    raise ValueError("a value that fits no column")


def _past(kind: Integer) -> int:
    return 1 << (63 if isinstance(kind, BigInteger) else 31)


def _add(conn: Connection, table: Table, rows: list[dict[str, Any]]) -> int:
    fresh = insert(conn, table).on_conflict_do_nothing()
    return sum(conn.execute(fresh, row).rowcount for row in rows)
