"""Feeds are asked when due, from a real door on loopback, and read by real workers."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.child import Children
from bot.config import FEED_FIRST_ENTRIES, MAX_FEED_BYTES
from bot.fetch import Limits, Web
from bot.jobs import refresh
from bot.models.feeds import FeedEntry, FeedRow
from bot.services import feeds, refreshing
from bot.services.refreshing import Refreshed
from bot.store import entries, migrate
from bot.store import feeds as rows
from bot.store.database import Database
from tests.fetch.server import answers, closes, is_silent, leads, serving
from tests.news.samples import item, rss
from tests.store.samples import change_feed, shelved

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.models.feeds import Due
    from bot.store.database import Connection
    from bot.store.entries import Taken
    from tests.fetch.server import Server

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
# Honest answers come in time on a busy machine too; the one that is silent costs two seconds.
LIMITS = Limits(connect=10, idle=2, total=20, gap=0, host_at_once=20)
TWO = rss(item(1), item(2)).encode()


@pytest.fixture(scope="module")
async def children() -> AsyncIterator[Children]:
    async with Children() as made:
        yield made


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/quipwire.db")
    await migrate.upgrade(database)
    yield database
    await database.close()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with serving() as made:
        yield made


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    async with Web(allow_private=True, limits=LIMITS) as made:
        yield made


class Newsroom:
    """A bot's refreshing: feeds to follow, a clock to move on, and what came of it."""

    def __init__(self, db: Database, web: Web, children: Children, server: Server) -> None:
        self.db, self.web, self.children, self.server = db, web, children, server
        self.now = NOW

    async def follow(self, path: str = "/feed", *, sample: bool = False) -> int:
        entry = FeedEntry(self.server.url(path), f"Paper {path}", "en", "world")
        row, _ = await self.db.write(rows.add, entry, self.now, by=1, sample=sample)
        return row.id

    async def refresh(self, after: timedelta = timedelta(0), *, samples: bool = False) -> Refreshed:
        self.now += after
        return await refreshing.refresh_due(
            self.db, self.web, self.children, self.now, samples=samples
        )

    async def feed(self, feed_id: int = 1) -> FeedRow:
        row = await self.db.read(rows.find, feed_id)
        assert row is not None
        return row

    async def titles(self, *, samples: bool = False) -> list[str]:
        return [each.title for each in await self.db.read(shelved, samples=samples)]

    async def error(self, feed_id: int = 1) -> str:
        return str((await self.feed(feed_id)).error)


@pytest.fixture
def room(db: Database, web: Web, children: Children, server: Server) -> Newsroom:
    return Newsroom(db, web, children, server)


async def test_a_due_feed_brings_its_headlines_and_is_asked_again_later(room: Newsroom) -> None:
    room.server.pages["/feed"] = answers(200, TWO)
    await room.follow()
    assert await room.refresh() == Refreshed(asked=1, added=2)
    assert await room.titles() == ["Story 2", "Story 1"]
    feed = await room.feed()
    assert feed.next_at is not None
    assert timedelta(minutes=13) <= feed.next_at - NOW <= timedelta(hours=27)
    assert (feed.refreshed_at, feed.read_at, feed.site) == (NOW, NOW, "https://news.example/")
    assert await room.refresh() == Refreshed()


async def test_the_log_has_a_line_where_something_came_of_it(
    room: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    room.server.pages["/feed"] = answers(200, TWO, ETag='"one"')
    await room.follow()
    await refresh.run(room.db, room.web, room.children, False, NOW)
    assert "Feeds asked: 1, of these failed: 0; headlines new: 2, changed: 0." in caplog.text
    caplog.clear()
    room.server.pages["/feed"] = answers(304)
    await refresh.run(room.db, room.web, room.children, False, NOW + 26 * HOUR)
    assert not caplog.text
    room.server.pages["/feed"] = answers(500)
    await refresh.run(room.db, room.web, room.children, False, NOW + 52 * HOUR)
    assert "of these failed: 1" in caplog.text


async def test_a_feed_that_did_not_change_is_not_even_read(room: Newsroom) -> None:
    room.server.pages["/feed"] = answers(200, TWO, ETag='"one"')
    await room.follow()
    await room.refresh()
    room.server.pages["/feed"] = answers(304)
    assert await room.refresh(26 * HOUR) == Refreshed(asked=1)
    assert room.server.asked[-1].headers["if-none-match"] == '"one"'
    feed = await room.feed()
    assert (feed.refreshed_at, feed.read_at) == (room.now, NOW)
    room.server.pages["/feed"] = answers(200, TWO)
    await room.refresh(26 * HOUR)
    assert (await room.feed()).read_at == NOW
    assert len(await room.titles()) == 2


async def test_an_edited_entry_is_updated_in_its_place(room: Newsroom) -> None:
    room.server.pages["/feed"] = answers(200, TWO)
    await room.follow()
    await room.refresh()
    edited = item(1, title="Story 1, corrected", guid="a-new-guid")
    room.server.pages["/feed"] = answers(200, rss(edited, item(2), item(3)).encode())
    assert await room.refresh(26 * HOUR) == Refreshed(asked=1, added=1, changed=1)
    assert await room.titles() == ["Story 3", "Story 2", "Story 1, corrected"]


async def test_a_first_reading_never_floods(room: Newsroom) -> None:
    many = [item(number, pubDate="") for number in range(500)]
    room.server.pages["/feed"] = answers(200, rss(*many).encode())
    await room.follow()
    assert (await room.refresh()).added == FEED_FIRST_ENTRIES
    new = item(999, pubDate="")
    room.server.pages["/feed"] = answers(200, rss(new, *many).encode())
    assert (await room.refresh(26 * HOUR)).added == 1
    assert (await room.titles())[0] == "Story 999"


BROKEN = {
    "not a feed": (answers(200, b"Hello"), "That address gives no feed"),
    "HTML": (answers(200, b"<html><p>Hello</p></html>"), "That address gives a web page"),
    "empty": (answers(200), "The feed is empty"),
    "50 MB": (answers(200, b" " * (MAX_FEED_BYTES + 9)), "5 MB"),
    "slow": (is_silent, "took too long"),
    "hangs up": (closes(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<rss>"), "broke off"),
    "no such page": (answers(404), "There is no such page on 127.0.0.1 (answer 404)."),
    "server error": (answers(500), "has a problem of its own"),
    "redirect loop": (leads("/feed"), "round in a circle"),
}


@pytest.mark.parametrize(("act", "sentence"), BROKEN.values(), ids=BROKEN.keys())
async def test_what_goes_wrong_is_one_sentence_and_stops_no_other(
    room: Newsroom, act: object, sentence: str
) -> None:
    room.server.pages |= {"/feed": act, "/sound": answers(200, TWO)}  # type: ignore[dict-item]
    await room.follow()
    await room.follow("/sound")
    assert await room.refresh() == Refreshed(asked=2, failed=1, added=2)
    assert sentence in await room.error()
    assert (await room.error()).count(".") >= 1
    feed = await room.feed()
    assert feed.failures == 1
    assert feed.next_at is not None
    assert feed.next_at >= NOW + timedelta(minutes=12)


async def test_a_host_that_does_not_exist_is_one_sentence(room: Newsroom) -> None:
    entry = FeedEntry("https://no-such-host.invalid/feed", "Nowhere", "en", "world")
    await room.db.write(rows.add, entry, NOW, by=1)
    assert (await room.refresh()).failed == 1
    assert "no-such-host.invalid" in await room.error()


async def test_failures_in_a_row_wait_longer_and_a_success_forgets_them(room: Newsroom) -> None:
    room.server.pages["/feed"] = answers(500)
    await room.follow()
    waits = []
    for _ in range(4):
        await room.refresh()
        feed = await room.feed()
        assert feed.next_at is not None
        waits.append(feed.next_at - room.now)
        room.now = feed.next_at
    assert waits == sorted(waits)
    assert waits[-1] > 4 * waits[0]
    room.server.pages["/feed"] = answers(200, TWO)
    await room.refresh()
    feed = await room.feed()
    assert (feed.failures, feed.error, feed.error_at) == (0, None, None)


async def test_a_server_that_asks_for_rest_gets_it(room: Newsroom) -> None:
    room.server.pages["/feed"] = answers(503, Retry_After="36000")
    await room.follow()
    await room.refresh()
    feed = await room.feed()
    assert feed.next_at is not None
    assert feed.next_at >= NOW + 10 * HOUR


async def test_what_the_server_and_the_feed_ask_for_is_a_lower_bound(room: Newsroom) -> None:
    often = [
        item(number, pubDate=(NOW - timedelta(minutes=number)).isoformat()) for number in range(9)
    ]
    room.server.pages["/a"] = answers(200, rss(*often).encode(), Cache_Control="max-age=10800")
    room.server.pages["/b"] = answers(200, rss(*often, head="<ttl>240</ttl>").encode(), ETag="x")
    room.server.pages["/c"] = answers(200, rss(*often).encode())
    ids = [await room.follow(path) for path in ("/a", "/b", "/c")]
    await room.refresh()
    nexts = [(await room.feed(number)).next_at or NOW for number in ids]
    assert nexts[0] - NOW >= 2.7 * HOUR
    assert nexts[1] - NOW >= 3.6 * HOUR
    assert nexts[2] - NOW <= timedelta(minutes=17)
    room.server.pages["/b"] = answers(304)
    await room.refresh(5 * HOUR)
    assert ((await room.feed(ids[1])).next_at or NOW) - room.now >= 3.6 * HOUR


async def test_a_feed_that_moved_is_asked_at_its_new_address(room: Newsroom) -> None:
    room.server.pages |= {"/feed": leads("/new", 301), "/new": answers(200, TWO)}
    await room.follow()
    await room.refresh()
    assert (await room.feed()).address == room.server.url("/new")
    assert await room.titles() == ["Story 2", "Story 1"]


async def test_a_feed_that_moved_to_one_that_is_followed_is_retired(room: Newsroom) -> None:
    room.server.pages |= {"/feed": leads("/new", 301), "/new": answers(200, TWO)}
    await room.follow()
    await room.follow("/new")
    await room.refresh()
    assert (
        await room.error() == f"It moved to {room.server.url('/new')}, which is followed already."
    )
    assert (await room.feed()).retired_at == NOW
    assert await room.titles() == ["Story 2", "Story 1"]


async def test_a_feed_is_asked_as_often_as_somebody_chose(room: Newsroom) -> None:
    room.server.pages["/feed"] = answers(200, TWO)
    feed_id = await room.follow()
    await room.refresh()
    for minutes in (60, 1440):
        chosen = timedelta(minutes=minutes)
        await room.db.write(change_feed, feed_id, pace=minutes)
        await room.refresh()
        assert (await room.refresh(rows.FIRST_WAIT)).asked == 1
        feed = await room.feed()
        assert feed.next_at is not None
        assert 0.9 * chosen <= feed.next_at - room.now <= 1.1 * chosen
    await room.db.write(change_feed, feed_id, pace=15, paused=True)
    await room.refresh()
    assert (await room.refresh(HOUR)).asked == 0


async def test_what_is_gone_for_good_is_retired(room: Newsroom) -> None:
    room.server.pages["/feed"] = answers(410)
    await room.follow()
    assert (await room.refresh()).failed == 1
    feed = await room.feed()
    assert (feed.retired_at, feed.next_at) == (NOW, None)
    assert "gone for good" in str(feed.error)
    assert await room.refresh(999 * HOUR) == Refreshed()


async def test_a_page_in_the_place_of_a_feed_leads_to_it(room: Newsroom) -> None:
    page = b'<html><head><link rel="alternate" type="application/rss+xml" href="/real"></head>'
    room.server.pages |= {"/feed": answers(200, page), "/real": answers(200, TWO)}
    await room.follow()
    assert await room.refresh() == Refreshed(asked=1, added=2)
    assert (await room.feed()).address == room.server.url("/real")
    found = await feeds.look(room.web, room.children, room.server.url("/feed"))
    assert (found.address, found.feed.title) == (room.server.url("/real"), "Example Times")


async def test_a_page_that_names_a_page_is_no_feed(room: Newsroom) -> None:
    page = b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head>'
    room.server.pages["/feed"] = answers(200, page)
    await room.follow()
    await room.refresh()
    assert await room.error() == "That address gives a web page, not a feed."


async def test_many_feeds_are_refreshed_together_and_each_settled(room: Newsroom) -> None:
    two_at_once = asyncio.Barrier(2)

    async def answer(writer: asyncio.StreamWriter) -> None:
        await two_at_once.wait()
        await answers(200, TWO)(writer)

    for number in range(70):
        room.server.pages[f"/{number}"] = answer
        await room.follow(f"/{number}")
    assert await room.refresh() == Refreshed(asked=70, added=140)
    assert await room.refresh() == Refreshed()


async def test_in_the_playground_nothing_goes_out_but_to_its_own_newsroom(room: Newsroom) -> None:
    room.server.pages |= {"/feed": answers(200, TWO), "/own": answers(200, TWO)}
    await room.follow()
    await room.follow("/own", sample=True)
    assert await room.refresh(samples=True) == Refreshed(asked=1, added=2)
    assert [asked.path for asked in room.server.asked] == ["/own"]
    assert await room.titles() == []
    assert await room.titles(samples=True) == ["Story 2", "Story 1"]


async def test_a_refresh_that_is_cut_off_is_done_again_when_its_lease_is_over(
    room: Newsroom,
) -> None:
    room.server.pages |= {"/feed": is_silent, "/sound": answers(200, TWO)}
    await room.follow()
    asked = asyncio.create_task(room.refresh())
    while not room.server.asked:
        await asyncio.sleep(0)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    room.server.pages["/feed"] = answers(200, TWO)
    assert await room.refresh(timedelta(minutes=9)) == Refreshed()
    assert await room.refresh(timedelta(minutes=1)) == Refreshed(asked=1, added=2)


async def test_a_feed_paused_while_it_is_asked_brings_nothing(room: Newsroom) -> None:
    feed_id = await room.follow()

    async def pauses(writer: asyncio.StreamWriter) -> None:
        await room.db.write(change_feed, feed_id, paused=True)
        await answers(200, TWO)(writer)

    room.server.pages["/feed"] = pauses
    assert await room.refresh() == Refreshed(asked=1)
    assert await room.titles() == []


async def test_a_fault_of_ours_in_one_feed_stops_no_other(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    room.server.pages |= {"/feed": answers(200, TWO), "/sound": answers(200, TWO)}
    await room.follow()
    await room.follow("/sound")
    take = entries.take

    def stumble(conn: Connection, due: Due, *args: Any, **values: Any) -> Taken:
        if due.id == 1:
            raise KeyError(due.id)
        return take(conn, due, *args, **values)

    monkeypatch.setattr(entries, "take", stumble)
    assert await room.refresh() == Refreshed(asked=2, failed=1, added=2)
    assert "could not be refreshed" in caplog.text


async def test_the_first_news_are_announced(room: Newsroom) -> None:
    assert await feeds.first_news(room.db) is None
    room.server.pages["/feed"] = answers(200, TWO)
    entry = FeedEntry(room.server.url("/feed"), "Paper", "en", "world")
    await room.db.write(rows.add, entry, NOW, by=1)
    assert await feeds.first_news(room.db) == NOW
    await room.refresh()
    assert await feeds.first_news(room.db) is None
