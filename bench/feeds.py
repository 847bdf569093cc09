"""Feeds: parsed per second beside plain feedparser in a loop, and a thousand of them refreshed."""

from __future__ import annotations

import asyncio
import io
import os
import resource
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import feedparser

from bench.newsroom import feed
from bench.replies import p99
from bot.child import Children, tasks
from bot.cli.run import run_loop
from bot.config import FEED_SECONDS
from bot.fetch import Web
from bot.models.chats import Chat
from bot.models.feeds import FeedEntry
from bot.news import feeds as news
from bot.services import news as headlines
from bot.services import stories
from bot.services.refreshing import Refreshed, refresh_due
from bot.store import chats, feeds, migrate
from bot.store.database import Database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from bot.store.database import Connection

FEEDS = 1_000
PARSED = 100
# So many before the refresh and as many after it: a shared machine is not always equally busy.
PAGES, SECONDS_APART = 250, 0.02
# So many headlines are in stories when the reader comes.
PLACED = 1_000
READER = Chat(1, "private", "Ann", "en")
LOOPBACK = "127.0.0.1"


def per_second(parse: Callable[[bytes], object], documents: Sequence[bytes]) -> float:
    begin = time.perf_counter()
    for document in documents:
        parse(document)
    return len(documents) / (time.perf_counter() - begin)


async def through_the_child(documents: Sequence[bytes]) -> float:
    async with Children(workers=1) as children:
        await children.run(os.getpid)
        begin = time.perf_counter()
        for document in documents:
            await children.run(
                tasks.read_feed, document, "http://x.example/", "", None, seconds=FEED_SECONDS
            )
        return len(documents) / (time.perf_counter() - begin)


async def parsing() -> None:
    now = datetime.now(UTC)
    documents = [feed(number, 1, now) for number in range(PARSED)]
    size = sum(map(len, documents)) / len(documents) / 1024
    plain = per_second(lambda data: feedparser.parse(io.BytesIO(data)), documents[: PARSED // 5])
    ours = per_second(lambda data: news.parse(data, "http://x.example/"), documents)
    child = await through_the_child(documents)
    print(f"parsing feeds of 50 entries, {size:.0f} KB:")
    for name, speed in (("feedparser", plain), ("ours", ours), ("ours, through the child", child)):
        print(f"  {name:26} {speed:7.1f} feeds/s  {speed / plain:5.1f} x")


@asynccontextmanager
async def newsroom() -> AsyncIterator[tuple[int, Callable[[int], Awaitable[None]]]]:
    """A server in a process of its own: its port, and how to tell it the edition."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.newsroom",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    out, into = process.stdout, process.stdin

    async def edition(number: int) -> None:
        into.write(f"{number}\n".encode())
        await into.drain()
        await out.readline()

    try:
        yield int(await out.readline()), edition
    finally:
        process.kill()
        await process.wait()


async def loopback(_: str) -> Sequence[str]:
    """Every paper has a name of its own, so that the pace of one host slows no other."""
    return [LOOPBACK]


def follow(conn: Connection, port: int, now: datetime) -> None:
    for number in range(FEEDS):
        address = f"http://paper{number}.example:{port}/{number}"
        feeds.add(conn, FeedEntry(address, f"Paper {number}", "en", "world"), now, by=None)


async def refreshing() -> None:
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        db = await Database.open(f"sqlite+aiosqlite:///{Path(folder)}/quipwire.db")
        await migrate.upgrade(db)
        async with (
            Children() as children,
            Web(allow_private=True, resolver=loopback) as web,
            newsroom() as (port, edition),
        ):
            await db.write(follow, port, now)
            await children.run(os.getpid)
            told("all entries new", *await timed(refresh_due(db, web, children, now)))
            await stories.place_due(db, now, most=PLACED)
            await db.write(chats.remember, READER, None, now)
            idle = [await page(db, children) for _ in range(PAGES)]
            await edition(2)
            later = now + timedelta(days=2)
            refresh = asyncio.create_task(timed(refresh_due(db, web, children, later)))
            busy = []
            while not refresh.done():
                busy.append(await page(db, children))
                await asyncio.sleep(SECONDS_APART)
            told("one entry of each changed", *await refresh)
            idle += [await page(db, children) for _ in range(PAGES)]
            print(
                f"a page of headlines, p99: {p99(idle) * 1e3:.1f} ms idle, "
                f"{p99(busy) * 1e3:.1f} ms in a refresh: {p99(busy) / p99(idle):.1f} (3 or less)"
            )
        await db.close()


async def timed(refresh: Awaitable[Refreshed]) -> tuple[float, Refreshed]:
    begin = time.perf_counter()
    done = await refresh
    return time.perf_counter() - begin, done


async def page(db: Database, children: Children) -> float:
    begin = time.perf_counter()
    await headlines.page(db, children, READER, "en", now=datetime.now(UTC))
    return time.perf_counter() - begin


def told(label: str, seconds: float, done: Refreshed) -> None:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"refresh of {done.asked} feeds, {label}: {seconds:.1f} s, {done.added} new, "
        f"{done.changed} changed, {done.failed} failed; peak memory of the bot {own:.0f} MB"
    )


async def main() -> None:
    await parsing()
    await refreshing()


if __name__ == "__main__":
    run_loop(main())
