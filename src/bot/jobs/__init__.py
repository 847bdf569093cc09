"""What the clock does: one loop ticks, and each job that is not still at it looks for work."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

from bot.jobs import announcing, backup, deliver, refresh, stories, tidy
from bot.services import plans

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from bot.jobs.announcing import Amend
    from bot.tg.context import Tools
    from bot.tg.courier import Courier

    Job = Callable[[datetime], Awaitable[object]]

log = logging.getLogger(__name__)


def roll(tools: Tools, courier: Courier, amend: Amend) -> tuple[Job, ...]:
    """Every job, with its tools at hand."""
    return (
        courier.claim,
        partial(deliver.send, courier),
        partial(announcing.run, tools, amend),
        partial(plans.run, tools.db),
        partial(tidy.run, tools.db),
        backup.Backups(tools.settings).run,
        partial(refresh.run, tools.db, tools.web, tools.children, tools.samples),
        partial(stories.run, tools.db, tools.children, tools.settings.timezone, tools.samples),
    )


async def tick_forever(jobs: Sequence[Job], now: Callable[[], datetime], seconds: float) -> None:
    """Run until cancelled; a job that fails is tried again at the next tick.

    Each job runs beside the others, so that a long one delays none, and never twice at once.
    """
    running: dict[int, asyncio.Task[None]] = {}
    try:
        while True:
            for number, job in enumerate(jobs):
                if number not in running or running[number].done():
                    running[number] = asyncio.create_task(_tried(job, now()))
            await asyncio.sleep(seconds)
    finally:
        for task in running.values():
            task.cancel()
        await asyncio.gather(*running.values(), return_exceptions=True)


async def _tried(job: Job, now: datetime) -> None:
    try:
        await job(now)
    except Exception:
        log.exception("A job of the clock failed and will be tried again.")
