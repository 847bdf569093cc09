"""Sentences of stories and of single headlines: chosen once from their articles, and kept."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.child import tasks
from bot.config import ARTICLE_SECONDS, ARTICLE_WAIT_SECONDS
from bot.errors import BusyError, UserError
from bot.models.documents import Document
from bot.models.stories import Quoted
from bot.services import articles
from bot.store import headlines, stories

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.child import Children
    from bot.fetch import Web
    from bot.models.headlines import Headline
    from bot.models.said import Said
    from bot.models.stories import Story
    from bot.store.database import Database

OF_STORY, OF_HEADLINE = 3, 2
# A full story has the words of so many sources.
MOST_SOURCES = 6

_CUT_OFF = re.compile(r"(?:\.{3}|…|\[…\])\s*$")
_SENTENCE_ENDS = (". ", "! ", "? ", "。", "！", "？")


async def of_stories(
    db: Database, children: Children, found: Sequence[Story], web: Web | None = None
) -> tuple[Story, ...]:
    """The stories with their quotes, drawn from all their sources; unread ones are read now.

    With `web` the articles that a feed only leads to are fetched first, for some seconds at most.
    """
    unread = [story.lead.id for story in found if story.quotes is None]
    await _fetch(db, children, unread, web)
    return tuple([await _of_story(db, children, story) for story in found])


async def of_headlines(
    db: Database, children: Children, found: Sequence[Headline], web: Web | None = None
) -> tuple[Headline, ...]:
    """The headlines, each with the best sentences of its own article."""
    unread = [headline.id for headline in found if headline.quotes is None]
    await _fetch(db, children, unread, web)
    texts = await db.read(headlines.texts, unread)
    return tuple([await _of_headline(db, children, each, texts.get(each.id, "")) for each in found])


async def of_sources(
    db: Database, children: Children, story: Story, web: Web | None = None
) -> tuple[tuple[Headline, ...], dict[int, Said]]:
    """The newest headline of each source with its own quotes; why some articles can't be had."""
    newest = newest_of_each(story)[:MOST_SOURCES]
    read = await of_headlines(db, children, newest, web)
    return read, await db.read(headlines.article_errors, [entry.id for entry in newest])


async def documents(db: Database, story: Story) -> dict[int, Document]:
    """What a story's summary draws on, by the headline's number: the newest text of each source,
    the lead's one first. None comes twice, and none is empty.
    """
    newest = newest_of_each(story)
    texts = await db.read(headlines.texts, [entry.id for entry in newest])
    found: dict[str, tuple[int, Document]] = {}
    for entry in newest:
        text = _whole(texts.get(entry.id, "")).strip()
        if text:
            document = Document(text, title=entry.title, language=entry.language)
            found.setdefault(text, (entry.id, document))
    return dict(found.values())


def newest_of_each(story: Story) -> list[Headline]:
    """The newest headline of each source, the leading source first."""
    by_age = sorted(story.entries, key=lambda entry: entry.published)
    newest = {entry.source: entry for entry in by_age}
    leading = story.lead.source
    return sorted(newest.values(), key=lambda entry: (entry.source != leading, entry.published))


async def _fetch(db: Database, children: Children, ids: Sequence[int], web: Web | None) -> None:
    if web is not None and ids:
        with suppress(TimeoutError):
            async with asyncio.timeout(ARTICLE_WAIT_SECONDS):
                await articles.fetch_for(db, web, children, ids)


async def _of_story(db: Database, children: Children, story: Story) -> Story:
    if story.quotes is not None:
        return story
    try:
        quotes = await _chosen(children, await documents(db, story))
    except BusyError:
        return story
    await db.write(stories.set_quotes, story, quotes)
    return replace(story, quotes=quotes)


async def _chosen(children: Children, found: dict[int, Document]) -> tuple[Quoted, ...]:
    """In the order of the documents; articles that can't be read give none."""
    if not found:
        return ()
    ids, texts = list(found), list(found.values())
    try:
        best = await children.run(tasks.quote_many, texts, OF_STORY, seconds=ARTICLE_SECONDS)
    except BusyError:
        raise
    except UserError:
        return ()
    told = sorted(best, key=lambda quote: (quote.document, quote.sentence.start))
    return tuple(Quoted(ids[quote.document], quote.sentence.text) for quote in told)


async def _of_headline(db: Database, children: Children, headline: Headline, text: str) -> Headline:
    if headline.quotes is not None:
        return headline
    try:
        reading = await children.read(
            _whole(text), title=headline.title, language=headline.language
        )
        quotes = tuple(sentence.text for sentence in reading.best(OF_HEADLINE))
    except BusyError:
        return headline
    except UserError:
        quotes = ()
    await db.write(headlines.set_quotes, {headline.id: quotes})
    return replace(headline, quotes=quotes)


def _whole(text: str) -> str:
    """Without the last sentence where that was cut off."""
    if not _CUT_OFF.search(text):
        return text
    return text[: max(text.rfind(end) for end in _SENTENCE_ENDS) + 1]
