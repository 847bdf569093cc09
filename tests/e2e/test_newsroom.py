"""In the playground news arrives while people play, and nothing leaves the machine for it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot import app
from bot.cli.newsroom import BETWEEN, Newsroom, rss
from bot.content import read_folder
from bot.errors import WebError
from bot.fetch import Web
from bot.playground import Playground
from tests.e2e.conftest import Clock, settings_for
from tests.store.samples import headline

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.models.headlines import HeadlineEntry

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CONTENT = Path(__file__).parents[2] / "content"


@asynccontextmanager
async def playing(
    telegram: Playground, folder: Path, clock: Callable[[], datetime]
) -> AsyncIterator[None]:
    newsroom = Newsroom(late(), clock)
    settings = settings_for(telegram, folder, content_dir=CONTENT, tick_seconds=0.1)
    feeds, stop = await newsroom.start(), asyncio.Event()
    task = asyncio.create_task(app.run(settings, stop, now=clock, samples=True, newsroom=feeds))
    try:
        yield
    finally:
        stop.set()
        await task
        await newsroom.stop()


def late() -> list[HeadlineEntry]:
    return [each for each in read_folder(CONTENT).headlines if each.late]


async def test_what_comes_late_reaches_who_follows_it_also_after_a_restart(tmp_path: Path) -> None:
    clock = Clock(NOW)
    async with Playground() as telegram:
        ann, mei = telegram.person("Ann"), telegram.person("Mei", language_code="zh")
        async with playing(telegram, tmp_path, clock):
            for person, text in ((ann, "/headlines mangalyaan"), (ann, "/follow mars"),
                                 (mei, "/follow 大桥")):  # fmt: skip
                await person.send(text)
            assert "No headline about “mangalyaan”" in (await ann.reply()).text
            assert "You follow “mars” now" in (await ann.reply()).text
            await mei.reply()
        async with playing(telegram, tmp_path, clock):
            clock.moment += timedelta(hours=12)
            alert = await ann.reply()
            assert alert.text.startswith("★ You follow “mars”.")
            assert "Mars" in alert.text
            assert "港珠澳大桥正式通车" in (await mei.reply()).text


async def test_stories_come_out_one_after_the_other_and_each_source_has_its_feed() -> None:
    clock = Clock(NOW)
    newsroom = Newsroom(late(), clock)
    feeds = await newsroom.start()
    async with Web(newsroom=[feed.url for feed in feeds]) as web:
        counts = []
        for _ in range(3):
            pages = [(await web.get(feed.url)).body for feed in feeds if feed.language == "en"]
            counts.append(sum(page.count(b"<item>") for page in pages))
            clock.moment += BETWEEN
        with pytest.raises(WebError, match="own ports"):
            await web.get(f"{feeds[0].url}0")
    await newsroom.stop()
    assert counts == [0, 1, 2]
    assert {feed.language for feed in feeds} == {"en", "zh"}
    assert all(feed.title.startswith(("Sample ", "样例")) for feed in feeds)


def test_what_a_feed_says_is_escaped() -> None:
    assert b"<title>Salt &amp; &lt;b&gt;" in rss("S", [headline("a", "Salt & <b>")])
