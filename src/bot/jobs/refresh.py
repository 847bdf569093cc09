"""Brings the news: asks the feeds that are due, then fetches the newest articles."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.services import articles, refreshing

if TYPE_CHECKING:
    from datetime import datetime

    from bot.child import Children
    from bot.fetch import Web
    from bot.store.database import Database

log = logging.getLogger(__name__)


async def run(db: Database, web: Web, children: Children, samples: bool, now: datetime) -> None:
    """One query when nothing is due."""
    done = await refreshing.refresh_due(db, web, children, now, samples=samples)
    if done.asked:
        # Of a hundred feeds some are asked every few seconds, mostly in vain.
        told = logging.INFO if done.added or done.changed or done.failed else logging.DEBUG
        log.log(
            told, "Feeds asked: %d, of these failed: %d; headlines new: %d, changed: %d.",
            done.asked, done.failed, done.added, done.changed,
        )  # fmt: skip
        await articles.fetch_newest(db, web, children, now)
