"""What the clock does: one loop ticks and asks each job whether it has work."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.jobs import tidy

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.store.database import Database

log = logging.getLogger(__name__)

JOBS = (tidy.run,)


async def tick_forever(db: Database, now: Callable[[], datetime], seconds: float) -> None:
    """Run until cancelled; a job that fails is tried again at the next tick."""
    while True:
        for job in JOBS:
            try:
                await job(db, now())
            except Exception:
                log.exception("A job of the clock failed and will be tried again.")
        await asyncio.sleep(seconds)
