"""The numbers of the bot, and pictures of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.child import Children, tasks
from bot.config import CHART_MEMORY_BYTES, CHART_SECONDS
from bot.models.stats import Stats
from bot.store import stats as rows

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.store.database import Connection, Database

DAYS, JOKES = 30, 8
HOURS, WEEK = timedelta(hours=48), timedelta(days=7)
PAGES = ("people", "deliveries", "jokes", "news")


async def collect(db: Database, now: datetime, *, samples: bool = False) -> Stats:
    """All of it as it is now; of headlines the samples where these are shown."""
    days = tuple((now - timedelta(days=ago)).date() for ago in reversed(range(DAYS)))

    def work(conn: Connection) -> Stats:
        return Stats(
            days=days,
            people=rows.people_by(conn, days),
            groups=rows.groups(conn),
            subscriptions=rows.subscriptions_by(conn, days),
            hours=rows.hours(conn, now - HOURS),
            jokes=rows.voted(conn, JOKES),
            topics=rows.topics(conn, now - WEEK, samples=samples),
            feeds=rows.feeds_now(conn),
        )

    return await db.read(work)


async def draw(stats: Stats, page: str, language: str, folder: Path, *, dark: bool) -> bytes:
    """A picture of one of the `PAGES` as PNG, by a worker that lives no longer than that.

    What drawing takes is so given back at once; `folder` keeps the list of fonts.
    """
    cache = str((folder / "charts").absolute())
    async with Children(workers=1, memory=CHART_MEMORY_BYTES) as drawer:
        return await drawer.run(
            tasks.draw, stats, page, language, dark, cache, seconds=CHART_SECONDS
        )
