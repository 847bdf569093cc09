"""Telegram's pauses, remembered over a restart."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.store import pauses as rows

if TYPE_CHECKING:
    from datetime import datetime

    from bot.store.database import Database

# Whoever asks for more can't have meant it, or it is not Telegram.
LONGEST = timedelta(days=1)


async def keep(db: Database, bot_id: int, seconds: float, now: datetime) -> None:
    """Telegram asked this bot to be left alone for so long from now."""
    span = timedelta(seconds=min(seconds, LONGEST.total_seconds()))
    await db.write(rows.keep, bot_id, now + span)


async def left(db: Database, bot_id: int, now: datetime) -> float:
    """Seconds of the last pause that are still to come; 0 without one.

    One that seems longer than any is the fault of this machine's clock.
    """
    until = await db.read(rows.until, bot_id)
    wait = until - now if until else timedelta()
    return max(0.0, wait.total_seconds()) if wait <= LONGEST else 0.0
