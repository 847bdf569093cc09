"""Puts new headlines into stories, and changed ones where they belong now; reads the best ahead."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.services import news, stories
from bot.services.placing import Placed

if TYPE_CHECKING:
    from datetime import datetime

    from bot.child import Children
    from bot.store.database import Database

log = logging.getLogger(__name__)


async def run(db: Database, children: Children, samples: bool, now: datetime) -> None:
    """One query when nothing is due."""
    done = await stories.place_due(db, now)
    if done.stories or done.joined:
        log.info("%d headlines are new stories, %d joined one.", done.stories, done.joined)
    if done != Placed():
        await news.read_ahead(db, children, samples=samples)
    await stories.tidy(db, now)
