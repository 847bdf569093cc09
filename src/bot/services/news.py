"""Headlines: pages of what is new, each with two sentences of its article, word for word."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.config import ARTICLE_WAIT_SECONDS
from bot.errors import UserError
from bot.models.headlines import Headline, HeadlinePage
from bot.services import articles
from bot.store import headlines as rows

if TYPE_CHECKING:
    from bot.child import Children
    from bot.fetch import Web
    from bot.store.database import Database

PAGE = 5
QUOTES = 2

_CUT_OFF = re.compile(r"(?:\.{3}|…|\[…\])\s*$")
_SENTENCE_ENDS = (". ", "! ", "? ", "。", "！", "？")


async def page(
    db: Database,
    children: Children,
    language: str,
    *,
    wanted: str = "",
    offset: int = 0,
    samples: bool = False,
    web: Web | None = None,
) -> HeadlinePage:
    """A page of headlines; articles not read before are read now, in the child.

    With `web` those that a feed only leads to are fetched first, for a few seconds at most.
    """
    found, total = await db.read(
        rows.page, language, topic_or_word=wanted or None, samples=samples,
        offset=offset, limit=PAGE,
    )  # fmt: skip
    counts = await db.read(rows.languages, samples=samples)
    elsewhere = {other: count for other, count in counts.items() if other != language}
    unread = [headline.id for headline in found if headline.quotes is None]
    if web is not None and unread:
        with suppress(TimeoutError):
            async with asyncio.timeout(ARTICLE_WAIT_SECONDS):
                await articles.fetch_for(db, web, children, unread)
    read = await _quoted(db, children, found)
    return HeadlinePage(tuple(read), total, offset, wanted, language, elsewhere)


async def topics(db: Database, language: str, *, samples: bool = False) -> list[tuple[str, int]]:
    """Topics that have headlines, with their number."""
    return await db.read(rows.topics, language, samples)


async def _quoted(db: Database, children: Children, found: list[Headline]) -> list[Headline]:
    unread = [headline.id for headline in found if headline.quotes is None]
    if not unread:
        return found
    texts = await db.read(rows.texts, unread)
    quotes = {
        headline.id: await _quotes(children, texts[headline.id], headline)
        for headline in found
        if headline.id in texts
    }
    await db.write(rows.set_quotes, quotes)
    return [
        replace(headline, quotes=quotes.get(headline.id, headline.quotes)) for headline in found
    ]


async def _quotes(children: Children, text: str, headline: Headline) -> tuple[str, ...]:
    """An article that can't be read keeps its headline, without quotes."""
    try:
        reading = await children.read(
            _whole(text), title=headline.title, language=headline.language
        )
    except UserError:
        return ()
    return tuple(sentence.text for sentence in reading.best(QUOTES))


def _whole(text: str) -> str:
    """Without the last sentence where that was cut off."""
    if not _CUT_OFF.search(text):
        return text
    return text[: max(text.rfind(end) for end in _SENTENCE_ENDS) + 1]
