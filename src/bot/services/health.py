"""How the bot is doing: what waits, what failed, what is full."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

from bot.models.health import Health
from bot.services import backups, outbox
from bot.store import feeds, inbox, schema
from bot.store import outbox as box

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.store.database import Database

REASONS = 5


async def check(
    db: Database, bot_id: int, folder: Path, now: datetime, per_second: float
) -> Health:
    """All of it as it is now; `folder` is on the disk that may be full."""
    _, total = await db.read(feeds.page, limit=1)
    _, broken = await db.read(feeds.page, broken=True, limit=1)
    backups_ = await asyncio.to_thread(backups.made, folder)
    return Health(
        outlook=await outbox.outlook(db, now, per_second),
        failures=tuple(await db.read(box.failures, REASONS)),
        undone=await db.read(inbox.count_pending, bot_id),
        feeds=total,
        feeds_broken=broken,
        disk_free=shutil.disk_usage(folder).free,
        database=await db.read(schema.size),
        backed_up_at=backups_[0][0] if backups_ else None,
    )


async def send_parked(db: Database, now: datetime) -> int:
    """Send the digests again of which nobody knows whether they arrived; how many."""
    return await db.write(box.unpark, now)
