"""Articles: where a feed has a teaser only, the text of its page; or why there is none."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.child import tasks
from bot.config import (
    ARTICLE_FRESH_HOURS,
    ARTICLE_SECONDS,
    ARTICLES_AT_ONCE,
    ARTICLES_PER_REFRESH,
)
from bot.errors import UserError
from bot.services import boilers
from bot.store import headlines as rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.child import Children
    from bot.fetch import Web
    from bot.models.headlines import Wanted
    from bot.store.database import Database


async def fetch_newest(db: Database, web: Web, children: Children, now: datetime) -> int:
    """The articles of the newest headlines, a few at a time; how many were found."""
    since = now - timedelta(hours=ARTICLE_FRESH_HOURS)
    return await _fetch(db, web, children, await db.read(rows.wanted, since, ARTICLES_PER_REFRESH))


async def fetch_for(db: Database, web: Web, children: Children, ids: Sequence[int]) -> int:
    """The articles of these headlines that are still to be fetched; how many were found."""
    return await _fetch(db, web, children, await db.read(rows.wanted_of, ids))


async def _fetch(db: Database, web: Web, children: Children, wanted: Sequence[Wanted]) -> int:
    free = asyncio.Semaphore(ARTICLES_AT_ONCE)

    async def one(headline: Wanted) -> bool:
        async with free:
            return await _one(db, web, children, headline)

    async with asyncio.TaskGroup() as group:
        fetching = [group.create_task(one(headline)) for headline in wanted]
    return sum(task.result() for task in fetching)


async def _one(db: Database, web: Web, children: Children, headline: Wanted) -> bool:
    try:
        fetched = await web.get(headline.url)
        text = await children.run(
            tasks.read_article, fetched.body, fetched.charset, seconds=ARTICLE_SECONDS
        )
    except UserError as error:
        await db.write(rows.set_article, headline, None, error.said)
        return False
    told = boilers.without_lines(text, await boilers.known(db, fetched.url))
    return await db.write(rows.set_article, headline, told, None)
