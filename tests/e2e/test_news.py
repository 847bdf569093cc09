"""A bot that serves Telegram gets its news by itself, and tells each story once."""

from __future__ import annotations

import asyncio
import logging
import re
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot import app
from bot.jobs import stories
from bot.playground import Playground
from bot.playground.waiting import PATIENCE
from tests.content.samples import put
from tests.e2e.conftest import Clock, settings_for
from tests.fetch.server import answers, serving
from tests.news.samples import item, rss

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from bot.playground import Person
    from tests.fetch.server import Server

FEEDS = (
    '<opml version="2.0"><body><outline text="world">'
    '<outline title="Elm Gazette" xmlUrl="{0}" language="en"/>'
    '<outline title="Ashby Post" xmlUrl="{0}/two" language="en"/></outline></body></opml>'
)
MILL = "A fire destroyed the old mill of Ashby on Monday night. Nobody was hurt. " * 5
MILL_TOO = "Flames destroyed the mill in Ashby; 40 firefighters could not save it on Monday. " * 5
FARES = "A bus ticket costs a tenth more from May on, the council decided after a long debate. " * 5
NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)


@asynccontextmanager
async def running(
    telegram: Playground, folder: Path, server: Server, clock: Clock
) -> AsyncIterator[None]:
    """A live bot that follows two feeds of that server, until the block ends."""
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
def placed() -> Iterator[asyncio.Queue[str]]:
    """What the job that puts headlines into stories logs, as it does."""
    lines: asyncio.Queue[str] = asyncio.Queue()
    handler = logging.Handler()
    handler.emit = lambda record: lines.put_nowait(record.getMessage())  # type: ignore[method-assign]
    stories.log.addHandler(handler)
    stories.log.setLevel(logging.INFO)
    yield lines
    stories.log.removeHandler(handler)
    stories.log.setLevel(logging.NOTSET)


def mill(number: int, title: str, text: str) -> str:
    return item(number, title=title, description=text, pubDate="")


async def until_placed(placed: asyncio.Queue[str], headlines: int) -> None:
    """Wait until so many headlines are new stories or have joined one."""
    while headlines > 0:
        line = await asyncio.wait_for(placed.get(), PATIENCE)
        headlines -= sum(map(int, re.findall(r"\d+", line)))


async def test_a_new_bot_says_when_its_news_come_and_tells_one_event_once(
    tmp_path: Path, placed: asyncio.Queue[str]
) -> None:
    clock = Clock(NOW)
    async with serving() as server, Playground() as telegram:
        fares = item(2, title="Council votes on bus fares", description=FARES, pubDate="")
        first = mill(1, "Fire destroys mill in Ashby", MILL)
        server.pages["/feed"] = answers(200, rss(first, fares).encode())
        second = mill(3, "Ashby loses its old mill to fire", MILL_TOO)
        server.pages["/feed/two"] = answers(200, rss(second).encode())
        ann = telegram.person("Ann")
        async with running(telegram, tmp_path, server, clock):
            while "under way" in (text := await headlines(ann)):
                await asyncio.sleep(0)
            assert text == "No headlines yet: first refresh in 20 s."
            assert server.asked == []
            clock.moment += timedelta(seconds=60)
            await until_placed(placed, 3)
            page = await headlines(ann)
            assert "1. Ashby loses its old mill to fire\n2 sources · " in page
            assert "2. Council votes on bus fares\nElm Gazette · " in page
            assert "3." not in page
            assert "Flames destroyed the mill in Ashby; 40 firefighters could not save it" in page
            assert "A fire destroyed the old mill of Ashby on Monday night." in page


async def test_an_edited_entry_changes_its_headline_and_a_restart_repeats_nothing(
    tmp_path: Path, placed: asyncio.Queue[str]
) -> None:
    clock = Clock(NOW)
    async with serving() as server, Playground() as telegram:
        server.pages["/feed/two"] = answers(200, rss().encode())
        before = mill(1, "Fire destroys mil in Ashby", MILL)
        server.pages["/feed"] = answers(200, rss(before).encode())
        ann = telegram.person("Ann")
        async with running(telegram, tmp_path, server, clock):
            await headlines(ann)
            clock.moment += timedelta(minutes=2)
            await until_placed(placed, 1)
            assert "1. Fire destroys mil in Ashby" in await headlines(ann)
        after = mill(1, "Fire destroys mill in Ashby", MILL)
        news = item(4, title="Council votes on bus fares", description=FARES, pubDate="")
        server.pages["/feed"] = answers(200, rss(news, after).encode())
        clock.moment += timedelta(hours=30)
        async with running(telegram, tmp_path, server, clock):
            await until_placed(placed, 1)
            page = await headlines(ann)
            assert page.count("Ashby\n") == 1
            assert "1. Council votes on bus fares" in page
            assert "2. Fire destroys mill in Ashby" in page
            assert "3." not in page


async def test_who_follows_a_word_gets_its_news_as_it_appears(
    tmp_path: Path, placed: asyncio.Queue[str]
) -> None:
    clock = Clock(NOW)
    async with serving() as server, Playground() as telegram:
        server.pages["/feed/two"] = answers(200, rss().encode())
        server.pages["/feed"] = answers(200, rss().encode())
        ann = telegram.person("Ann")
        async with running(telegram, tmp_path, server, clock):
            await ann.send("/follow mill")
            said = "You follow “mill” now: its news comes to you as it appears."
            assert (await ann.reply()).text == said
            fire = mill(1, "Fire destroys mill in Ashby", MILL)
            fares = item(2, title="Council votes on bus fares", description=FARES, pubDate="")
            server.pages["/feed"] = answers(200, rss(fire, fares).encode())
            clock.moment += timedelta(hours=2)
            alert = await ann.reply()
            assert alert.text.startswith("★ You follow “mill”.\n\n📰 Fire destroys mill in Ashby")
            assert "A fire destroyed the old mill of Ashby on Monday night." in alert.text
            assert alert.buttons[-1] == ["✕ mill"]
            assert await ann.press(alert, "✕ mill") == "Ended: “mill”."
            assert "You follow and mute nothing yet" in (await alert.edited()).text
