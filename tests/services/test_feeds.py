"""A feed is found at an address, followed with good guesses, and looked after."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from bot.child import Children
from bot.config import FEEDS_READ_AT_ONCE, MAX_FEED_BYTES
from bot.errors import UserError
from bot.fetch import Limits, Web
from bot.services import acts, feeds
from bot.store import feeds as rows
from tests.fetch.server import answers, leads, serving
from tests.news.samples import item, rss
from tests.store.samples import NOW, feed, later

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.models.feeds import FeedEntry
    from bot.store.database import Database
    from tests.fetch.server import Server

SITE = '<html><head><link rel="alternate" type="application/rss+xml" href="{}"></head></html>'
FRENCH = "Le conseil municipal a voté hier soir la réfection du vieux pont de la ville. " * 4


@pytest.fixture(scope="module")
async def children() -> AsyncIterator[Children]:
    async with Children(workers=2) as made:
        yield made


@pytest.fixture(scope="module")
async def web() -> AsyncIterator[Web]:
    async with Web(allow_private=True, limits=Limits(connect=10, idle=10, total=20, gap=0)) as made:
        yield made


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with serving() as made:
        made.pages["/feed"] = answers(200, rss(item(1)).encode())
        yield made


async def sampled(
    db: Database, web: Web, children: Children, address: str, default: str = "zh"
) -> FeedEntry:
    entry, _ = await feeds.sample(db, web, children, address, default, NOW)
    return entry


@pytest.mark.parametrize(
    ("text", "named", "language"),
    [
        ("Un. Deux.", "<language>fr</language>", "fr"),
        ("Um. Dois.", "<language>pt_BR</language>", "pt"),
        ("Um. Dois.", "<language>PT-br</language>", "pt"),
        (FRENCH, "<language>en-us</language>", "fr"),
        (FRENCH, "", "fr"),
        ("1 2 3", "<language>klingon</language>", "zh"),
        ("1 2 3", "", "zh"),
    ],
)
async def test_a_long_text_tells_its_language_a_short_one_is_what_its_feed_says(
    db: Database, web: Web, children: Children, server: Server,
    text: str, named: str, language: str,
) -> None:  # fmt: skip
    body = rss(item(1, title="", description=text), head=named)
    server.pages["/feed"] = answers(200, body.encode())
    entry = await sampled(db, web, children, server.url("/feed"))
    assert entry.language == language


async def test_a_feed_that_moved_for_good_is_followed_where_it_is_now(
    db: Database, web: Web, children: Children, server: Server
) -> None:
    server.pages["/old"] = leads("/feed", 301)
    entry = await sampled(db, web, children, server.url("/old"))
    assert entry.url == server.url("/feed")
    await db.write(rows.add, entry, NOW, by=1)
    assert await feeds.followed(db, server.url("/feed"))


async def test_a_page_that_names_a_page_as_its_feed_is_not_followed(
    db: Database, web: Web, children: Children, server: Server
) -> None:
    for path, named in (("/", "/inner"), ("/inner", "/feed")):
        server.pages[path] = answers(200, SITE.format(named).encode(), Content_Type="text/html")
    with pytest.raises(UserError, match="a web page, not a feed"):
        await sampled(db, web, children, server.url("/"))


async def test_no_feed_is_read_that_is_too_large_be_it_given_or_named(
    db: Database, web: Web, children: Children, server: Server
) -> None:
    server.pages["/feed"] = answers(200, b" " * MAX_FEED_BYTES + rss(item(1)).encode())
    server.pages["/"] = answers(200, SITE.format("/feed").encode(), Content_Type="text/html")
    for path in ("/feed", "/"):
        with pytest.raises(UserError, match="too large"):
            await sampled(db, web, children, server.url(path))


class Watched(Children):
    """Counts how many tasks are given to it at once."""

    now = most = 0

    async def run(self, *task: Any, **more: Any) -> Any:  # type: ignore[override]
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            return await super().run(*task, **more)
        finally:
            self.now -= 1


async def test_few_feeds_are_read_at_once_so_that_people_find_a_worker(
    web: Web, server: Server
) -> None:
    async with Watched(workers=4) as children:
        reader = feeds.Reader(web, children)
        page = await web.get(server.url("/feed"), most=MAX_FEED_BYTES)
        await asyncio.gather(*(reader.read(page) for _ in range(FEEDS_READ_AT_ONCE + 3)))
        assert children.most == FEEDS_READ_AT_ONCE


async def test_a_choice_that_there_is_not_changes_nothing(db: Database) -> None:
    row, _ = await db.write(rows.add, feed(), NOW, by=1)
    for number, (act, value) in enumerate((
        ("topic", "gossip"), ("language", "xx"), ("topic", ""), ("pace", "7"), ("title", "Mine"),
        ("pause", "now"),
    )):  # fmt: skip
        await feeds.change(db, row.id, act, NOW, value, by=1, update_id=number)
    assert await feeds.find(db, row.id) == row
    await feeds.change(db, row.id, "topic", NOW, "sport", by=1, update_id=10)
    await feeds.change(db, row.id, "language", NOW, "de", by=1, update_id=11)
    changed = await feeds.find(db, row.id)
    assert (changed.topic, changed.language) == ("sport", "de")


async def test_what_was_done_to_a_feed_is_taken_back_step_by_step(db: Database) -> None:
    row, _ = await db.write(rows.add, feed(), NOW, by=1)
    for number, (act, value) in enumerate((("pause", ""), ("topic", "sport"), ("pace", "60"))):
        at = later(number)
        await feeds.change(db, row.id, act, at, value, by=1, update_id=number)
    await feeds.change(db, row.id, "pace", later(9), "60", by=1, update_id=9)
    done = await acts.last(db, 1)
    assert len(done) == 3
    with pytest.raises(UserError, match="changed again since"):
        await acts.undo(db, 1, done[1].id, 20, later(20))
    for number, change in enumerate(done, 30):
        await acts.undo(db, 1, change.id, number, later(number))
    found = await feeds.find(db, row.id)
    assert (found.paused, found.topic, found.pace) == (False, "world", None)
    assert found.next_at is None


async def test_how_many_are_in_trouble_is_told_on_every_page(db: Database) -> None:
    one, _ = await db.write(rows.add, feed(1), NOW, by=1)
    await db.write(rows.add, feed(2), NOW, by=1)
    ill = update(rows.feeds).where(rows.feeds.c.id == one.id).values(failures=1)
    await db.write(lambda conn: conn.execute(ill).rowcount)
    found, total, in_trouble = await feeds.page(db, 1, 1, broken=False)
    assert ([each.title for each in found], total, in_trouble) == (["Feed 2"], 2, 1)
    found, total, in_trouble = await feeds.page(db, 0, 5, broken=True)
    assert ([each.title for each in found], total, in_trouble) == (["Feed 1"], 1, 1)
