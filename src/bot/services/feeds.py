"""Feeds: found at an address, followed, looked after."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.child import tasks
from bot.config import FEED_SECONDS, FEEDS_READ_AT_ONCE, MAX_FEED_BYTES
from bot.content import fields
from bot.errors import UserError
from bot.models.feeds import Feed, FeedEntry, Sample, WebPage
from bot.models.headlines import TOPICS, HeadlineEntry
from bot.news.topics import filed_under
from bot.services import acts
from bot.store import acts as done
from bot.store import feeds as rows
from bot.store import items, topics
from bot.words.language import LANGUAGES, detect

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.child import Children
    from bot.fetch import Web
    from bot.models.feeds import FeedLink, FeedRow
    from bot.models.fetched import Fetched
    from bot.store.database import Connection, Database

# From a few titles alone no language is told for sure.
SAMPLE_CHARS, ENOUGH_CHARS = 4_000, 200
NEWEST = 3
# A pace is in minutes, 0 is the feed's own.
CHOICES: dict[str, Collection[str]] = {
    "topic": TOPICS, "language": LANGUAGES, "pace": ("15", "60", "360", "1440", "0"),
    "pause": ("",), "resume": ("",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A feed that was looked at: its address, what it holds, and the page's other feeds."""

    address: str
    feed: Feed
    others: tuple[FeedLink, ...] = ()


async def look(web: Web, children: Children, address: str) -> Found:
    """The feed at an address, or the first one that the page there names.

    Raises a UserError that says in one sentence why there is none.
    """
    reader = Reader(web, children)
    fetched = await web.get(address, most=MAX_FEED_BYTES)
    found = await reader.read(fetched)
    if isinstance(found, Feed):
        return Found(fetched.moved or address, found)
    first, *others = found.links
    return Found(first.url, await reader.named(first), tuple(others))


async def sample(
    db: Database, web: Web, children: Children, address: str, default: str, now: datetime
) -> tuple[FeedEntry, Sample]:
    """The feed found at an address as it could be followed, and what it says now.

    Its language and topic are guesses that can be changed; UserError as in `look`.
    """
    found = await look(web, children, address)
    language = _language(found.feed) or default
    words = await db.read(topics.words, language)
    topic = filed_under(found.feed.entries, words)
    entry = FeedEntry(found.address, found.feed.title or found.address, language, topic)
    newest = tuple(
        HeadlineEntry("", language, topic, each.title, entry.title, each.url or entry.url,
                      each.published or each.updated or now, "")
        for each in found.feed.entries[:NEWEST]
    )  # fmt: skip
    return entry, Sample(newest, tuple(other.url for other in found.others))


async def followed(db: Database, address: str) -> FeedRow | None:
    """The feed that is followed there."""
    return await db.read(rows.at, address)


def _language(feed: Feed) -> str | None:
    """By its texts if there is enough of them: programs say that it is English of many others."""
    sample = "\n".join(f"{entry.title}\n{entry.text}" for entry in feed.entries)[:SAMPLE_CHARS]
    read = detect(sample)
    guesses = (read, feed.language) if len(sample) >= ENOUGH_CHARS else (feed.language, read)
    return next((each for each in guesses if each in fields.LANGUAGES), None)


async def page(
    db: Database, offset: int, limit: int, *, broken: bool, word: str = ""
) -> tuple[list[FeedRow], int, int]:
    """Feeds by title, how many there are in all, and how many are in trouble."""
    found, total = await db.read(rows.page, broken=broken, word=word, offset=offset, limit=limit)
    _, ill = await db.read(rows.page, broken=True, offset=0, limit=1)
    return found, total, ill


async def find(db: Database, feed_id: int) -> FeedRow:
    """One of them; a UserError if it is followed no more."""
    found = await db.read(rows.find, feed_id)
    if found is None:
        raise UserError("That feed is followed no more.")
    return found


async def change(
    db: Database, feed_id: int, act: str, now: datetime, value: str = "", *, by: int, update_id: int
) -> None:
    """`pause` or `resume`; `topic`, `language` and `pace` take a value of `CHOICES`.

    One that is resumed, paused before or not, is asked at once.
    """

    def work(conn: Connection) -> None:
        item = items.find(conn, "feeds", feed_id)
        known = item.entry if item and item.removed_at is None else None
        if not isinstance(known, FeedEntry) or done.of_update(conn, update_id):
            return
        entry = _changed(known, act, value)
        if entry != known:
            acts.edit(conn, by, feed_id, entry, update_id, now, said=f"feed.{act}")
        if act == "resume":
            rows.ask(conn, feed_id, now)

    if value in CHOICES.get(act, ()):
        await db.write(work)


def _changed(entry: FeedEntry, act: str, value: str) -> FeedEntry:
    if act == "pace":
        return replace(entry, pace=int(value))
    if act == "topic":
        return replace(entry, topic=value)
    if act == "language":
        return replace(entry, language=value)
    return replace(entry, paused=act == "pause")


async def first_news(db: Database, *, samples: bool = False) -> datetime | None:
    """When a new bot's first headlines come; None if there were some, or no feed is followed."""
    return await db.read(rows.first_news, samples=samples)


class Reader:
    """Brings feeds home; few are read at once, so that no person waits behind all of them."""

    def __init__(self, web: Web, children: Children) -> None:
        self.web, self._children = web, children
        self._free = asyncio.Semaphore(FEEDS_READ_AT_ONCE)

    async def named(self, link: FeedLink) -> Feed:
        """The feed that a page names; a page that names a page is not followed."""
        found = await self.read(await self.web.get(link.url, most=MAX_FEED_BYTES))
        if isinstance(found, WebPage):
            raise UserError("That address gives a web page, not a feed.")
        return found

    async def read(self, fetched: Fetched) -> Feed | WebPage:
        async with self._free:
            return await self._children.run(
                tasks.read_feed, fetched.body, fetched.url, fetched.content_type, fetched.charset,
                seconds=FEED_SECONDS,
            )  # fmt: skip
