"""Feeds are claimed when their time has come, by one at a time, and settled once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.models.said import Said
from bot.store import feeds, items, seeds
from bot.store.seeds import Applied
from tests.store.samples import NOW, change_feed, feed, later

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models.feeds import Due, FeedRow
    from bot.store.database import Database

LEASE = later(600)


async def follow(db: Database, number: int = 1, *, sample: bool = False) -> FeedRow:
    row, _ = await db.write(feeds.add, feed(number), NOW, by=7, sample=sample)
    return row


async def claim(
    db: Database, now: datetime = NOW, *, samples: bool = False, limit: int = 10
) -> list[Due]:
    return await db.write(
        feeds.claim, now, now + timedelta(minutes=10), samples=samples, limit=limit
    )


async def seed(db: Database, *numbers: int, prune: bool = True) -> Applied:
    entries = [feed(number) for number in numbers]
    return await db.write(seeds.apply, "feeds", entries, NOW, origin="seed", prune=prune)


async def found(db: Database, feed_id: int) -> FeedRow:
    row = await db.read(feeds.find, feed_id)
    assert row is not None
    return row


async def test_a_followed_feed_is_asked_at_once_and_followed_once(db: Database) -> None:
    row, new = await db.write(feeds.add, feed(), NOW, by=7)
    assert new
    assert (row.address, row.title, row.next_at, row.added_by) == (
        "https://feed1.example/rss",
        "Feed 1",
        NOW,
        7,
    )
    assert await db.write(feeds.add, feed(), later(9), by=8) == (row, False)


async def test_a_claimed_feed_is_nobody_elses_until_its_lease_is_over(db: Database) -> None:
    await follow(db)
    (due,) = await claim(db)
    assert (due.address, due.read_at, due.lease) == ("https://feed1.example/rss", None, LEASE)
    assert await claim(db, later(599)) == []
    (again,) = await claim(db, LEASE)
    assert again.id == due.id


async def test_the_longest_due_come_first_and_only_so_many(db: Database) -> None:
    for number in (1, 2, 3):
        await follow(db, number)
    assert [due.title for due in await claim(db, limit=2)] == ["Feed 1", "Feed 2"]
    assert [due.title for due in await claim(db)] == ["Feed 3"]


async def test_what_is_settled_late_is_not_written(db: Database) -> None:
    await follow(db)
    (due,) = await claim(db)
    (later_due,) = await claim(db, LEASE)
    assert not await db.write(feeds.is_ours, due)
    assert not await db.write(feeds.settle, due, {"failures": 9})
    assert await db.write(feeds.settle, later_due, {"next_at": later(9999), "failures": 1})
    row = await found(db, due.id)
    assert (row.next_at, row.failures) == (later(9999), 1)


async def test_pausing_and_removing_go_before_what_is_on_its_way(db: Database) -> None:
    one, two = await follow(db, 1), await follow(db, 2)
    first, second = await claim(db)
    await db.write(change_feed, one.id, paused=True)
    await db.write(items.remove, "feeds", two.id, NOW)
    for due in (first, second):
        assert not await db.write(feeds.settle, due, {"next_at": NOW})
    assert await claim(db, later(99999)) == []
    await db.write(change_feed, one.id, paused=False)
    await db.write(feeds.ask, one.id, later(1))
    await db.write(items.remove, "feeds", two.id, None)
    await db.write(feeds.ask, two.id, later(2))
    assert [due.title for due in await claim(db, later(3))] == ["Feed 1", "Feed 2"]


async def test_a_retired_feed_comes_back_only_when_somebody_resumes_it(db: Database) -> None:
    row = await follow(db)
    (due,) = await claim(db)
    error = Said("{host} is gone.", {"host": "feed1.example"})
    await db.write(feeds.settle, due, {"retired_at": NOW, "next_at": None, "error": error})
    assert await claim(db, later(99999)) == []
    assert str((await found(db, row.id)).error) == "feed1.example is gone."
    await db.write(feeds.ask, row.id, later(1))
    assert len(await claim(db, later(1))) == 1
    assert (await found(db, row.id)).error is None


async def test_the_numbers_of_an_error_are_still_numbers(db: Database) -> None:
    row = await follow(db)
    (due,) = await claim(db)
    error = UserError("{path} has {n:,} lines.", path=PurePosixPath("a/b"), n=5_000)
    await db.write(feeds.settle, due, {"error": error.said})
    assert str((await found(db, row.id)).error) == "a/b has 5,000 lines."


async def test_many_new_feeds_begin_one_after_the_other(db: Database) -> None:
    await seed(db, *range(1, 156))
    assert await claim(db) == []
    assert await db.write(feeds.plan, NOW, samples=False) == 155
    assert await db.write(feeds.plan, later(5), samples=False) == 0
    assert await db.read(feeds.first_news, samples=False) == later(20)
    assert [due.title for due in await claim(db, later(22))] == ["Feed 1", "Feed 2"]
    assert len(await claim(db, later(400), limit=500)) == 153


async def test_the_playground_asks_its_own_feeds_and_a_live_bot_all_others(db: Database) -> None:
    await seed(db, 1)
    await follow(db, 2, sample=True)
    for samples, number in ((True, 2), (False, 1)):
        await db.write(feeds.plan, NOW, samples=samples)
        titles = [due.title for due in await claim(db, later(60), samples=samples)]
        assert titles == [f"Feed {number}"]


async def test_the_first_news_are_announced_until_a_feed_was_read(db: Database) -> None:
    assert await db.read(feeds.first_news, samples=False) is None
    await follow(db)
    assert await db.read(feeds.first_news, samples=False) == NOW
    (due,) = await claim(db, later(5))
    assert await db.read(feeds.first_news, samples=False) == later(5)
    await db.write(feeds.settle, due, {"next_at": later(9), "failures": 1})
    assert await db.read(feeds.first_news, samples=False) == later(9)
    (due,) = await claim(db, later(9))
    await db.write(feeds.settle, due, {"next_at": later(99), "read_at": NOW})
    assert await db.read(feeds.first_news, samples=False) is None


async def test_seeds_follow_their_file_but_not_over_a_persons_edits(db: Database) -> None:
    assert await seed(db, 1, 2, 3) == Applied(3, 0, 0, 0)
    rows, total = await db.read(feeds.page)
    assert ([row.title for row in rows], total) == (["Feed 1", "Feed 2", "Feed 3"], 3)
    await db.write(change_feed, rows[0].id, title="Mine", pace=60)
    await db.write(items.remove, "feeds", rows[1].id, NOW)
    assert await seed(db, 2) == Applied(0, 0, 1, 1)
    rows, _ = await db.read(feeds.page)
    assert [(row.title, row.pace) for row in rows] == [("Mine", timedelta(hours=1))]
    assert await seed(db, 1, 2, 3) == Applied(1, 0, 2, 0)
    rows, _ = await db.read(feeds.page)
    assert [row.title for row in rows] == ["Feed 3", "Mine"]


async def test_a_paused_seed_stays_paused(db: Database) -> None:
    await seed(db, 1)
    rows, _ = await db.read(feeds.page)
    await db.write(change_feed, rows[0].id, paused=True)
    await seed(db, prune=True)
    await db.write(feeds.plan, NOW, samples=False)
    assert await claim(db, later(99)) == []


async def test_broken_feeds_are_found_alone(db: Database) -> None:
    await follow(db, 1)
    await follow(db, 2)
    (due, _) = await claim(db)
    await db.write(feeds.settle, due, {"failures": 3, "error": Said("No.")})
    rows, total = await db.read(feeds.page, broken=True)
    assert ([row.title for row in rows], total) == (["Feed 1"], 1)


async def test_only_what_a_person_removed_long_ago_is_dropped(db: Database) -> None:
    await seed(db, 1)
    mine = await follow(db, 2)
    rows, _ = await db.read(feeds.page)
    for row in rows:
        await db.write(items.remove, "feeds", row.id, NOW)
    assert await db.write(feeds.purge, NOW) == 0
    assert await db.write(feeds.purge, later(1)) == 1
    assert await db.read(items.find, "feeds", mine.id) is None
    assert await seed(db, 1) == Applied(0, 0, 1, 0)
