"""Forgets what has served: answered updates after two days, summaries after thirty."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.config import INBOX_KEEP_HOURS, SUMMARY_KEEP_DAYS
from bot.store import inbox, summaries

if TYPE_CHECKING:
    from datetime import datetime

    from bot.store.database import Database


async def run(db: Database, now: datetime) -> None:
    """Cheap when there is nothing to do: two indexed deletes."""
    await db.write(inbox.purge, now - timedelta(hours=INBOX_KEEP_HOURS))
    await db.write(summaries.purge, now - timedelta(days=SUMMARY_KEEP_DAYS))
