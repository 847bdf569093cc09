"""Telegram's pauses, remembered over a restart."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.store import pauses as rows

if TYPE_CHECKING:
    from datetime import datetime

    from bot.store.database import Connection, Database

# Whoever asks for more can't have meant it, or it is not Telegram.
LONGEST = timedelta(days=1)


async def keep(db: Database, bot_id: int, seconds: float, now: datetime) -> None:
    """Telegram asked this bot to be left alone for so long from now; a longer pause that is under
    way stays as it is.
    """
    until = now + timedelta(seconds=min(seconds, LONGEST.total_seconds()))

    def work(conn: Connection) -> None:
        if _left(rows.until(conn, bot_id), now) < until - now:
            rows.keep(conn, bot_id, until)

    await db.write(work)


async def left(db: Database, bot_id: int, now: datetime) -> float:
    """Seconds of the last pause that are still to come; 0 without one."""
    return _left(await db.read(rows.until, bot_id), now).total_seconds()


def _left(until: datetime | None, now: datetime) -> timedelta:
    """A pause that seems longer than any is the fault of this machine's clock."""
    wait = until - now if until else timedelta()
    return wait if timedelta() < wait <= LONGEST else timedelta()
