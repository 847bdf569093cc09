"""Puts new headlines into stories, reads the best ahead, and sends those that chats follow."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.services import alerts, news, stories
from bot.services.placing import Placed

if TYPE_CHECKING:
    from datetime import datetime

    from bot.child import Children
    from bot.store.database import Database

log = logging.getLogger(__name__)


async def run(db: Database, children: Children, zone: str, samples: bool, now: datetime) -> None:
    """A few queries when nothing is due."""
    done = await stories.place_due(db, now)
    if done.stories or done.joined:
        log.info("%d headlines are new stories, %d joined one.", done.stories, done.joined)
    if done != Placed():
        await news.read_ahead(db, children, samples=samples)
    await alerts.post_due(db, now, zone, samples=samples)
    await stories.tidy(db, now)
