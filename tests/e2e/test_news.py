"""A bot that serves Telegram gets its news by itself, and tells each story once."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot import app
from bot.jobs import refresh
from bot.playground import Playground
from tests.content.samples import put
from tests.e2e.conftest import settings_for
from tests.fetch.server import answers, serving
from tests.news.samples import LONG, item, rss

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from bot.playground import Person
    from tests.fetch.server import Server

PATIENCE = 30
FEEDS = (
    '<opml version="2.0"><body><outline text="world">'
    '<outline title="Elm Gazette" xmlUrl="{}" language="en"/></outline></body></opml>'
)
NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)


class Clock:
    """A bot's clock that a test moves on."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        return self.moment


@asynccontextmanager
async def running(
    telegram: Playground, folder: Path, server: Server, clock: Clock
) -> AsyncIterator[None]:
    """A live bot that follows the one feed of that server, until the block ends."""
    put(folder, "content/feeds.opml", FEEDS.format(server.url("/feed")))
    settings = settings_for(
        telegram, folder, content_dir=folder / "content", tick_seconds=0.05,
        allow_private_addresses=True,
    )  # fmt: skip
    stop = asyncio.Event()
    task = asyncio.create_task(app.run(settings, stop, now=clock))
    try:
        yield
    finally:
        stop.set()
        await task


async def headlines(ann: Person) -> str:
    await ann.send("/headlines")
    return (await ann.reply()).text


@pytest.fixture
def log() -> Iterator[asyncio.Queue[str]]:
    """What the job that brings the news logs, as it does."""
    lines: asyncio.Queue[str] = asyncio.Queue()
    handler = logging.Handler()
    handler.emit = lambda record: lines.put_nowait(record.getMessage())  # type: ignore[method-assign]
    refresh.log.addHandler(handler)
    refresh.log.setLevel(logging.INFO)
    yield lines
    refresh.log.removeHandler(handler)
    refresh.log.setLevel(logging.NOTSET)


async def test_a_new_bot_says_when_its_news_come_and_a_restart_repeats_nothing(
    tmp_path: Path, log: asyncio.Queue[str]
) -> None:
    clock = Clock()
    one, two = (item(number, description=LONG, pubDate="") for number in (1, 2))
    async with serving() as server, Playground() as telegram:
        server.pages["/feed"] = answers(200, rss(one, two).encode())
        ann = telegram.person("Ann")
        async with running(telegram, tmp_path, server, clock):
            while "under way" in (text := await headlines(ann)):
                await asyncio.sleep(0)
            assert text == "No headlines yet: first refresh in 20 s."
            assert server.asked == []
            clock.moment += timedelta(seconds=30)
            assert "headlines new: 2" in await asyncio.wait_for(log.get(), PATIENCE)
            page = await headlines(ann)
            assert "1. Story 1\nElm Gazette" in page
            assert "The council met on Monday" in page
        server.pages["/feed"] = answers(200, rss(item(3, pubDate=""), one, two).encode())
        clock.moment += timedelta(hours=30)
        async with running(telegram, tmp_path, server, clock):
            assert "headlines new: 1" in await asyncio.wait_for(log.get(), PATIENCE)
            page = await headlines(ann)
            assert page.count("Story") == 3
            assert page.index("Story 3") < page.index("Story 1") < page.index("Story 2")
