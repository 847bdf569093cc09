"""Refreshing: due feeds are fetched, read in the child, and what is new goes on the shelf."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING

from bot.child import tasks
from bot.config import (
    FEED_FIRST_ENTRIES,
    FEED_LEASE_SECONDS,
    FEED_MOST_ENTRIES,
    FEED_SECONDS,
    FEEDS_AT_ONCE,
    FEEDS_READ_AT_ONCE,
    HEADLINE_KEEP_DAYS,
    MAX_FEED_BYTES,
)
from bot.errors import Gone, UserError, WebError
from bot.models.feeds import Feed, FeedEntry, WebPage
from bot.models.headlines import TOPICS
from bot.news import rhythm
from bot.news.topics import topic_of
from bot.store import entries, headlines, topics
from bot.store import feeds as rows
from bot.store.entries import Taken
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.child import Children
    from bot.fetch import Web
    from bot.models.feeds import Due, FeedLink, FeedRow
    from bot.models.fetched import Fetched
    from bot.store.database import Connection, Database

log = logging.getLogger(__name__)

KEEP = timedelta(days=HEADLINE_KEEP_DAYS)
LEASE = timedelta(seconds=FEED_LEASE_SECONDS)
CLAIMED = 32
NOT_MODIFIED = 304

FOLLOWED_ALREADY = mark("It moved to {address}, which is followed already.")
HEALTHY = {"failures": 0, "error": None, "error_at": None}
NOTHING = Taken((), ())
LANGUAGE_LETTERS = 2
ACTS = {
    "pause": rows.pause, "resume": rows.resume, "remove": rows.remove, "restore": rows.restore,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: feeds asked, of these failed, and headlines added and changed."""

    asked: int = 0
    failed: int = 0
    added: int = 0
    changed: int = 0

    def __add__(self, other: Refreshed) -> Refreshed:
        return Refreshed(
            self.asked + other.asked,
            self.failed + other.failed,
            self.added + other.added,
            self.changed + other.changed,
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A feed that was looked at: its address, what it holds, and the page's other feeds."""

    address: str
    feed: Feed
    others: tuple[FeedLink, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """What came home for a due feed; `feed` is None where it is as it was."""

    feed: Feed | None
    address: str
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    fresh_for: float | None


async def refresh_due(
    db: Database, web: Web, children: Children, now: datetime, *, samples: bool = False
) -> Refreshed:
    """Ask all feeds whose time has come; each is settled in a transaction of its own.

    With `samples` the playground's own feeds are asked and no others, else all but these. A feed
    that fails is written down as such and never stops the others. Cancelled or killed in the
    middle, it leaves feeds that are claimed again when their lease is over.
    """
    await db.write(rows.plan, now, samples=samples)
    line, reader = _Line(db, now, samples), _Reader(web, children)
    async with asyncio.TaskGroup() as group:
        workers = [group.create_task(_work(db, reader, line, now)) for _ in range(FEEDS_AT_ONCE)]
    return sum((worker.result() for worker in workers), Refreshed())


async def look(web: Web, children: Children, address: str) -> Found:
    """The feed at an address, or the first one that the page there names.

    Raises a UserError that says in one sentence why there is none.
    """
    reader = _Reader(web, children)
    fetched = await web.get(address, most=MAX_FEED_BYTES)
    found = await reader.read(fetched)
    if isinstance(found, Feed):
        return Found(fetched.moved or address, found)
    first, *others = found.links
    return Found(first.url, await reader.named(first), tuple(others))


async def follow(db: Database, entry: FeedEntry, now: datetime, *, by: int) -> tuple[FeedRow, bool]:
    """Follow a feed, its first news with the next tick; False if it was followed before."""
    return await db.write(rows.add, entry, now, by=by)


async def add(
    db: Database,
    web: Web,
    children: Children,
    address: str,
    default_language: str,
    now: datetime,
    *,
    by: int,
) -> tuple[FeedRow, Feed, bool]:
    """Look at an address, follow the feed found there, and what it says; False if it was followed
    before. Its language is what it tells of itself, its topic a guess that can be changed.
    """
    found = await look(web, children, address)
    short = (found.feed.language or default_language).replace("_", "-").split("-")[0].lower()
    language = short if len(short) == LANGUAGE_LETTERS else default_language
    entry = FeedEntry(found.address, found.feed.title or found.address, language, TOPICS[0])
    row, new = await follow(db, entry, now, by=by)
    return row, found.feed, new


async def page(
    db: Database, offset: int, limit: int, *, broken: bool
) -> tuple[list[FeedRow], int, int]:
    """Feeds by title, how many there are in all, and how many are in trouble."""
    found, total = await db.read(rows.page, broken=broken, offset=offset, limit=limit)
    _, ill = await db.read(rows.page, broken=True, offset=0, limit=1)
    return found, total, ill


async def find(db: Database, feed_id: int) -> FeedRow:
    """One of them; a UserError if it is followed no more."""
    found = await db.read(rows.find, feed_id)
    if found is None:
        raise UserError("That feed is followed no more.")
    return found


async def change(db: Database, feed_id: int, act: str, now: datetime, topic: str = "") -> None:
    """`pause`, `resume`, `remove`, `restore`, or `topic`."""
    if act == "topic":
        await db.write(rows.edit, feed_id, now, topic=topic)
    elif act in ACTS:
        await db.write(ACTS[act], feed_id, now)


async def first_news(db: Database, *, samples: bool = False) -> datetime | None:
    """When a new bot's first headlines come; None if there were some, or no feed is followed."""
    return await db.read(rows.first_news, samples=samples)


class _Line:
    """Due feeds, claimed some at a time as workers come for them."""

    def __init__(self, db: Database, now: datetime, samples: bool) -> None:
        self._db, self._now, self._samples = db, now, samples
        self._waiting: deque[Due] = deque()
        self._lock = asyncio.Lock()

    async def next(self) -> Due | None:
        async with self._lock:
            if not self._waiting:
                lease = self._now + LEASE
                self._waiting += await self._db.write(
                    rows.claim, self._now, lease, samples=self._samples, limit=CLAIMED
                )
            return self._waiting.popleft() if self._waiting else None


class _Reader:
    """Brings feeds home; few are read at once, so that no person waits behind all of them."""

    def __init__(self, web: Web, children: Children) -> None:
        self._web, self._children = web, children
        self._free = asyncio.Semaphore(FEEDS_READ_AT_ONCE)

    async def fetch(self, due: Due) -> _Read:
        """What a feed says now; of a page in its place, the feed which that names."""
        fetched = await self._web.get(
            due.address, etag=due.etag, last_modified=due.last_modified, most=MAX_FEED_BYTES
        )
        address, fresh_for = fetched.moved or due.address, fetched.fresh_for
        etag, modified = fetched.etag, fetched.last_modified
        if fetched.status == NOT_MODIFIED:
            etag, modified = etag or due.etag, modified or due.last_modified
            return _Read(None, address, etag, modified, due.body_hash, fresh_for)
        body_hash = blake2b(fetched.body, digest_size=16).hexdigest()
        found = None if body_hash == due.body_hash else await self.read(fetched)
        if isinstance(found, WebPage):
            first = found.links[0]
            return _Read(await self.named(first), first.url, None, None, None, None)
        return _Read(found, address, etag, modified, body_hash, fresh_for)

    async def named(self, link: FeedLink) -> Feed:
        """The feed that a page names; a page that names a page is not followed."""
        found = await self.read(await self._web.get(link.url, most=MAX_FEED_BYTES))
        if isinstance(found, WebPage):
            raise UserError("That address gives a web page, not a feed.")
        return found

    async def read(self, fetched: Fetched) -> Feed | WebPage:
        async with self._free:
            return await self._children.run(
                tasks.read_feed, fetched.body, fetched.url, fetched.content_type, fetched.charset,
                seconds=FEED_SECONDS,
            )  # fmt: skip


async def _work(db: Database, reader: _Reader, line: _Line, now: datetime) -> Refreshed:
    done = Refreshed()
    while due := await line.next():
        try:
            done += await _refresh(db, reader, due, now)
        except Exception:
            log.exception("The feed %s could not be refreshed.", due.address)
            done += Refreshed(asked=1, failed=1)
    return done


async def _refresh(db: Database, reader: _Reader, due: Due, now: datetime) -> Refreshed:
    try:
        read = await reader.fetch(due)
    except UserError as error:
        await db.write(_failed, due, error, now)
        return Refreshed(asked=1, failed=1)
    taken = await db.write(_done, due, read, now)
    return Refreshed(asked=1, added=len(taken.added), changed=len(taken.changed))


def _done(conn: Connection, due: Due, read: _Read, now: datetime) -> Taken:
    """Put away what came; of a feed that is no longer ours, nothing."""
    if not rows.is_ours(conn, due):
        return NOTHING
    if read.address != due.address and rows.is_followed(conn, read.address, due.id):
        _retire(conn, due, FOLLOWED_ALREADY, {"address": read.address}, now)
        return NOTHING
    taken = _take(conn, due, read.feed, now) if read.feed else NOTHING
    values = {
        "address": read.address,
        "etag": read.etag,
        "last_modified": read.last_modified,
        "body_hash": read.body_hash,
        "refreshed_at": now,
        **HEALTHY,
        **(_told(read.feed, now) if read.feed else {}),
        **_rhythm(conn, due, read, taken, now),
    }
    rows.settle(conn, due, values)
    return taken


def _take(conn: Connection, due: Due, feed: Feed, now: datetime) -> Taken:
    most = FEED_FIRST_ENTRIES if due.read_at is None else FEED_MOST_ENTRIES
    words = topics.words(conn, due.language)
    return entries.take(
        conn, due, feed.entries, now, keep=KEEP, most=most,
        topic_of=lambda entry: topic_of(entry, due.topic, words),
    )  # fmt: skip


def _told(feed: Feed, now: datetime) -> dict[str, object]:
    """What the feed says of itself."""
    every = int(feed.every.total_seconds()) if feed.every else None
    return {"site": feed.link, "every": every, "read_at": now}


def _rhythm(
    conn: Connection, due: Due, read: _Read, taken: Taken, now: datetime
) -> dict[str, object]:
    """When to ask again, from when the feed's entries came out."""
    told = [entry.published for entry in read.feed.entries if entry.published] if read.feed else []
    times = told or headlines.published(conn, due.id, rhythm.ENTRIES)
    interval = rhythm.interval(times, now, before=due.interval, news=bool(taken.added))
    every = (read.feed.every if read.feed else due.every) or timedelta(0)
    asked = max(every, timedelta(seconds=read.fresh_for or 0))
    wait = rhythm.next_wait(interval, asked, random.random())
    return {"interval": int(interval.total_seconds()), "next_at": now + wait}


def _failed(conn: Connection, due: Due, error: UserError, now: datetime) -> None:
    """Write down why, and when to try again; what is gone for good is not tried again."""
    if isinstance(error, Gone):
        _retire(conn, due, error.message, error.values, now)
        return
    failures = due.failures + 1
    retry_after = error.retry_after if isinstance(error, WebError) else None
    wait = rhythm.after_failure(failures, retry_after, random.random())
    why = {"error": rows.said(error.message, error.values), "error_at": now}
    rows.settle(conn, due, {"failures": failures, "next_at": now + wait, **why})


def _retire(
    conn: Connection, due: Due, message: str, values: Mapping[str, object], now: datetime
) -> None:
    why = {"error": rows.said(message, values), "error_at": now}
    rows.settle(conn, due, {"retired_at": now, "next_at": None, **why})
