"""All that is kept of one chat and one person, wherever it stands: to be shown, and forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, or_, select

from bot.store.chats import chats, names_chat, people
from bot.store.schema import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Table


def export(
    conn: Connection, chat_id: int, person_id: int | None
) -> dict[str, list[dict[str, Any]]]:
    """The rows by table; tables with none are left out."""
    found = {
        table.name: [dict(row) for row in conn.execute(select(table).where(theirs)).mappings()]
        for table, theirs in _traces(chat_id, person_id)
    }
    return {name: rows for name, rows in found.items() if rows}


def forget(conn: Connection, chat_id: int, person_id: int | None) -> None:
    """Delete them; what refers to others keeps only those."""
    for table, theirs in reversed(list(_traces(chat_id, person_id))):
        conn.execute(delete(table).where(theirs))


def _traces(chat_id: int, person_id: int | None) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Every table with a column that names a chat or a person, parents first."""
    for table in metadata.sorted_tables:
        places = [column == chat_id for column in table.c
                  if column is chats.c.id or names_chat(column)]  # fmt: skip
        persons = [column == person_id for column in table.c
                   if column is people.c.id or column.references(people.c.id)]  # fmt: skip
        theirs = places + (persons if person_id is not None else [])
        if theirs:
            yield table, or_(*theirs)
