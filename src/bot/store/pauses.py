"""Until when Telegram wants to be left alone: a restart is no reason to ask it again before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Column, Connection, Table, select

from bot.store.schema import Utc, insert, metadata

if TYPE_CHECKING:
    from datetime import datetime

# Retention: for good, one row a bot.
pauses = Table(
    "pauses",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("until", Utc, nullable=False),
)


def keep(conn: Connection, bot_id: int, until: datetime) -> None:
    """Note the end of a pause that was asked for."""
    fresh = insert(conn, pauses).values(bot_id=bot_id, until=until)
    conn.execute(fresh.on_conflict_do_update(index_elements=["bot_id"], set_={"until": until}))


def until(conn: Connection, bot_id: int) -> datetime | None:
    """The end of the last one."""
    found: datetime | None = conn.scalar(select(pauses.c.until).where(pauses.c.bot_id == bot_id))
    return found
