"""Feeds: found at an address, followed, looked after."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.child import tasks
from bot.config import FEED_SECONDS, FEEDS_READ_AT_ONCE, MAX_FEED_BYTES
from bot.content import fields
from bot.errors import UserError
from bot.models.feeds import Feed, FeedEntry, WebPage
from bot.models.headlines import TOPICS
from bot.news.topics import filed_under
from bot.store import feeds as rows
from bot.store import roles, topics
from bot.words.language import LANGUAGES, detect

if TYPE_CHECKING:
    from datetime import datetime

    from bot.child import Children
    from bot.fetch import Web
    from bot.models.feeds import FeedLink, FeedRow
    from bot.models.fetched import Fetched
    from bot.store.database import Connection, Database

# From a few titles alone no language is told for sure.
SAMPLE_CHARS, ENOUGH_CHARS = 4_000, 200
ACTS = {
    "pause": rows.pause, "resume": rows.resume, "remove": rows.remove, "restore": rows.restore,
}  # fmt: skip
# A pace is in minutes, 0 is the feed's own.
CHOICES = {"topic": TOPICS, "language": LANGUAGES, "pace": ("15", "60", "360", "1440", "0")}


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


async def follow(
    db: Database, entry: FeedEntry, now: datetime, *, by: int, update_id: int
) -> tuple[FeedRow, bool]:
    """Follow a feed, its first news with the next tick; False if it was followed before."""

    def work(conn: Connection) -> tuple[FeedRow, bool]:
        row, new = rows.add(conn, entry, now, by=by)
        if new:
            roles.note(conn, by, "feed.add", row.title, update_id, now)
        return row, new

    return await db.write(work)


async def add(
    db: Database,
    web: Web,
    children: Children,
    address: str,
    default_language: str,
    now: datetime,
    *,
    by: int,
    update_id: int,
) -> tuple[FeedRow, Found, bool]:
    """Look at an address and follow the feed found there; False if it was followed before.

    Its language and topic are guesses that can be changed.
    """
    found = await look(web, children, address)
    language = _language(found.feed) or default_language
    words = await db.read(topics.words, language)
    entry = FeedEntry(
        found.address, found.feed.title or found.address, language,
        filed_under(found.feed.entries, words),
    )  # fmt: skip
    row, new = await follow(db, entry, now, by=by, update_id=update_id)
    return row, found, new


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
    """`pause`, `resume`, `remove` or `restore`; `topic`, `language` and `pace` take a value."""

    def work(conn: Connection) -> None:
        before = rows.find(conn, feed_id)
        if act == "pace":
            rows.set_pace(conn, feed_id, now, timedelta(minutes=int(value)) or None)
        elif value:
            rows.edit(conn, feed_id, now, **{act: value})
        else:
            ACTS[act](conn, feed_id, now)
        row = before or rows.find(conn, feed_id)
        if row is not None and (act != "resume" or row.paused_at):
            roles.note(conn, by, f"feed.{act}", row.title, update_id, now)

    if value in CHOICES[act] if act in CHOICES else act in ACTS:
        await db.write(work)


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
