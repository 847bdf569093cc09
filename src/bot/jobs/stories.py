"""Puts new headlines into stories, and changed ones where they belong now."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.services import stories

if TYPE_CHECKING:
    from datetime import datetime

    from bot.store.database import Database

log = logging.getLogger(__name__)


async def run(db: Database, now: datetime) -> None:
    """One query when nothing is due."""
    done = await stories.place_due(db, now)
    if done.stories or done.joined:
        log.info("%d headlines are new stories, %d joined one.", done.stories, done.joined)
    await stories.tidy(db, now)
