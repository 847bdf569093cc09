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

from bot.config import (
    FEED_FIRST_ENTRIES,
    FEED_LEASE_SECONDS,
    FEED_MOST_ENTRIES,
    FEEDS_AT_ONCE,
    HEADLINE_KEEP_DAYS,
    MAX_FEED_BYTES,
)
from bot.errors import Gone, UserError, WebError
from bot.models.feeds import WebPage
from bot.models.said import Said
from bot.news import rhythm
from bot.news.topics import topic_of
from bot.services.feeds import Reader
from bot.store import entries, headlines, topics
from bot.store import feeds as rows
from bot.store.entries import Taken
from bot.texts import mark

if TYPE_CHECKING:
    from datetime import datetime

    from bot.child import Children
    from bot.fetch import Web
    from bot.models.feeds import Due, Feed
    from bot.store.database import Connection, Database

log = logging.getLogger(__name__)

KEEP = timedelta(days=HEADLINE_KEEP_DAYS)
# The playground's samples are news of any year.
EVER = timedelta(days=365 * 1000)
LEASE = timedelta(seconds=FEED_LEASE_SECONDS)
CLAIMED = 32
NOT_MODIFIED = 304
FOLLOWED_ALREADY = mark("It moved to {address}, which is followed already.")
NOTHING = Taken((), ())


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
    line, reader = _Line(db, now, samples), Reader(web, children)
    async with asyncio.TaskGroup() as group:
        workers = [group.create_task(_work(db, reader, line, now)) for _ in range(FEEDS_AT_ONCE)]
    return sum((worker.result() for worker in workers), Refreshed())


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


async def _fetch(reader: Reader, due: Due) -> _Read:
    """What a feed says now; of a page in its place, the feed which that names."""
    fetched = await reader.web.get(
        due.address, etag=due.etag, last_modified=due.last_modified, most=MAX_FEED_BYTES
    )
    address, fresh_for = fetched.moved or due.address, fetched.fresh_for
    etag, modified = fetched.etag, fetched.last_modified
    if fetched.status == NOT_MODIFIED:
        etag, modified = etag or due.etag, modified or due.last_modified
        return _Read(None, address, etag, modified, due.body_hash, fresh_for)
    body_hash = blake2b(fetched.body, digest_size=16).hexdigest()
    found = None if body_hash == due.body_hash else await reader.read(fetched)
    if isinstance(found, WebPage):
        first = found.links[0]
        return _Read(await reader.named(first), first.url, None, None, None, None)
    return _Read(found, address, etag, modified, body_hash, fresh_for)


async def _work(db: Database, reader: Reader, line: _Line, now: datetime) -> Refreshed:
    done = Refreshed()
    while due := await line.next():
        try:
            done += await _refresh(db, reader, due, now)
        except Exception:
            log.exception("The feed %s could not be refreshed.", due.address)
            done += Refreshed(asked=1, failed=1)
    return done


async def _refresh(db: Database, reader: Reader, due: Due, now: datetime) -> Refreshed:
    try:
        read = await _fetch(reader, due)
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
        _retire(conn, due, Said(FOLLOWED_ALREADY, {"address": read.address}), now)
        return NOTHING
    taken = _take(conn, due, read.feed, now) if read.feed else NOTHING
    values = {
        "address": read.address,
        "etag": read.etag,
        "last_modified": read.last_modified,
        "body_hash": read.body_hash,
        "refreshed_at": now,
        **rows.HEALTHY,
        **(_told(read.feed, now) if read.feed else {}),
        **_rhythm(conn, due, read, taken, now),
    }
    rows.settle(conn, due, values)
    return taken


def _take(conn: Connection, due: Due, feed: Feed, now: datetime) -> Taken:
    most = FEED_FIRST_ENTRIES if due.read_at is None else FEED_MOST_ENTRIES
    words = topics.words(conn, due.language)
    return entries.take(
        conn, due, feed.entries, now, keep=EVER if due.sample else KEEP, most=most,
        topic_of=lambda entry: topic_of(entry, due.topic, words),
    )  # fmt: skip


def _told(feed: Feed, now: datetime) -> dict[str, object]:
    """What the feed says of itself."""
    every = int(feed.every.total_seconds()) if feed.every else None
    return {"site": feed.link, "every": every, "read_at": now}


def _rhythm(
    conn: Connection, due: Due, read: _Read, taken: Taken, now: datetime
) -> dict[str, object]:
    """When to ask again: as somebody chose, or from when the feed's entries came out."""
    told = [entry.published for entry in read.feed.entries if entry.published] if read.feed else []
    times = told or headlines.published(conn, due.id, rhythm.ENTRIES)
    interval = due.pace or rhythm.interval(times, now, before=due.interval, news=bool(taken.added))
    every = (read.feed.every if read.feed else due.every) or timedelta(0)
    asked = max(every, timedelta(seconds=read.fresh_for or 0))
    wait = rhythm.next_wait(interval, asked, random.random())
    return {"interval": int(interval.total_seconds()), "next_at": now + wait}


def _failed(conn: Connection, due: Due, error: UserError, now: datetime) -> None:
    """Write down why, and when to try again; what is gone for good is not tried again."""
    if isinstance(error, Gone):
        _retire(conn, due, error.said, now)
        return
    failures = due.failures + 1
    retry_after = error.retry_after if isinstance(error, WebError) else None
    wait = rhythm.after_failure(failures, retry_after, random.random())
    why = {"error": error.said, "error_at": now}
    rows.settle(conn, due, {"failures": failures, "next_at": now + wait, **why})


def _retire(conn: Connection, due: Due, why: Said, now: datetime) -> None:
    told = {"error": why, "error_at": now}
    rows.settle(conn, due, {"retired_at": now, "next_at": None, **told})
