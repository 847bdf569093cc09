"""Updates stand here before Telegram may forget them, until they are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Table,
    Text,
    bindparam,
    delete,
    func,
    select,
    update,
)

from bot.store.schema import Utc, count_rows, index, insert, metadata

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

# Retention: the update's text goes when it is done, the row 48 hours later.
# The chat is no foreign key: an update comes before anybody has looked at who sent it.
inbox = Table(
    "inbox",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger),
    Column("payload", Text),
    Column("received_at", Utc, nullable=False),
    Column("done_at", Utc),
)
PENDING, DONE = inbox.c.done_at.is_(None), inbox.c.done_at.is_not(None)
OLDEST = (inbox.c.received_at, inbox.c.update_id)
index("ix_inbox_pending", inbox.c.bot_id, *OLDEST, where=PENDING)
index("ix_inbox_done", inbox.c.done_at, where=DONE)


def add(
    conn: Connection,
    bot_id: int,
    updates: Sequence[tuple[int, int | None, str]],
    now: datetime,
) -> list[int]:
    """Keep (update id, chat id, JSON) of a batch; the ids that were not here before."""
    if not updates:
        return []
    statement = insert(conn, inbox).on_conflict_do_nothing().returning(inbox.c.update_id)
    rows = [
        {
            "bot_id": bot_id,
            "update_id": update_id,
            "chat_id": chat_id,
            "payload": payload,
            "received_at": now,
        }
        for update_id, chat_id, payload in updates
    ]
    return sorted(conn.scalars(statement, rows))


def newest(conn: Connection, bot_id: int) -> int:
    """The highest update id ever kept; 0 when there is none."""
    return conn.scalar(select(func.max(inbox.c.update_id)).where(inbox.c.bot_id == bot_id)) or 0


def count_pending(conn: Connection, bot_id: int, but: Collection[int] = ()) -> int:
    """How many are not done, these aside."""
    wanted = (inbox.c.bot_id == bot_id, PENDING, inbox.c.update_id.not_in(but))
    return count_rows(conn, inbox, *wanted)


def pending(conn: Connection, bot_id: int) -> list[tuple[int, str]]:
    """What is not done, as (update id, JSON), oldest first."""
    statement = (
        select(inbox.c.update_id, inbox.c.payload)
        .where(inbox.c.bot_id == bot_id, PENDING)
        .order_by(*OLDEST)
    )
    return [(row.update_id, row.payload) for row in conn.execute(statement)]


def mark_done(conn: Connection, bot_id: int, ids: Sequence[int], now: datetime) -> None:
    """They are answered: their text is dropped, their ids stay to be known again."""
    if not ids:
        return
    statement = (
        update(inbox)
        .where(inbox.c.bot_id == bot_id, inbox.c.update_id == bindparam("done"))
        .values(done_at=now, payload=None)
    )
    conn.execute(statement, [{"done": update_id} for update_id in ids])


def purge(conn: Connection, before: datetime) -> int:
    """Drop what was done before then; how many."""
    return conn.execute(delete(inbox).where(inbox.c.done_at < before)).rowcount


def drop_all(conn: Connection) -> None:
    """Forget every update: who restores an old copy does not want old words answered."""
    conn.execute(delete(inbox))
