"""What all tables share: names for every constraint (migrations need them) and portable types."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, DateTime, Index, Integer, MetaData, Text, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeDecorator

from bot.models.said import Said

if TYPE_CHECKING:
    from sqlalchemy import Column, ColumnElement, Connection, Dialect, FromClause, Table

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Telegram's ids pass 32 bits; SQLite numbers rows itself only in a column typed INTEGER.
BigId = BigInteger().with_variant(Integer(), "sqlite")


class Utc(TypeDecorator[datetime]):
    """Aware UTC: timestamptz on PostgreSQL, sortable text on SQLite. Naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the store")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CleanText(TypeDecorator[str]):
    """Text from outside, without what a database refuses: NUL and halves of surrogate pairs."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class SaidText(TypeDecorator[Said]):
    """A sentence with its values, as JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Said | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return storable(json.dumps([value.message, value.values], ensure_ascii=False))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Said | None:
        return None if value is None else Said(*json.loads(value))


def storable(text: str) -> str:
    """The text as both databases can hold it."""
    text = text.replace("\0", "")
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def index(name: str, *columns: Column[Any], where: ColumnElement[bool]) -> Index:
    """An index over some of the rows only."""
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


def size(conn: Connection) -> int:
    """How many bytes the database has."""
    if conn.dialect.name == "postgresql":
        return conn.scalar(select(func.pg_database_size(func.current_database()))) or 0
    pages = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
    return int(pages * conn.exec_driver_sql("PRAGMA page_size").scalar_one())


def count_rows(conn: Connection, rows: FromClause, *here: ColumnElement[bool]) -> int:
    """How many rows of a table or a join are such."""
    return conn.execute(select(func.count()).select_from(rows).where(*here)).scalar_one()


def insert(on: Connection | str, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT, which the two dialects spell as different classes.

    `on` is a connection, or for statements that are kept the name of its dialect.
    """
    if (on if isinstance(on, str) else on.dialect.name) == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
