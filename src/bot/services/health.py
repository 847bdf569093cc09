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
    from collections.abc import Collection
    from datetime import datetime

    from bot.config import Settings
    from bot.store.database import Database

REASONS = 5


async def check(
    db: Database, settings: Settings, bot_id: int, answered: Collection[int], now: datetime
) -> Health:
    """All of it as it is now; updates that are `answered` may not be noted as such yet."""
    folder, every = settings.data_dir, settings.backup_every
    _, total = await db.read(feeds.page, limit=1)
    _, broken = await db.read(feeds.page, broken=True, limit=1)
    last = await asyncio.to_thread(backups.last, folder)
    return Health(
        outlook=await outbox.outlook(db, now, settings.messages_per_second),
        failures=tuple(await db.read(box.failures, REASONS)),
        undone=await db.read(inbox.count_pending, bot_id, answered),
        feeds=total,
        feeds_broken=broken,
        disk_free=shutil.disk_usage(folder).free,
        database=await db.read(schema.size),
        backed_up_at=last,
        backup_late=every is not None and backups.is_late(last, every, now),
    )


async def send_parked(db: Database, now: datetime) -> int:
    """Send the digests again of which nobody knows whether they arrived; how many."""
    return await db.write(box.unpark, now)
