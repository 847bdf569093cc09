"""What a feed brings comes once: edited ones are updated, old and purged ones never return."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, update

from bot.models.said import Said
from bot.store import entries, feeds, headlines
from tests.store.samples import NOW, entry, feed, later, shelved

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models.feeds import Due, Entry
    from bot.store.database import Connection, Database
    from bot.store.entries import Taken

KEEP = timedelta(days=30)
DAY = 86_400
TABLE = headlines.headlines


@pytest.fixture
async def due(db: Database) -> Due:
    await db.write(feeds.add, feed(), NOW, by=None)
    (claimed,) = await db.write(feeds.claim, NOW, later(600), samples=False, limit=1)
    return claimed


def topic_of(entry: Entry) -> str:
    return "sport" if "goal" in entry.title else "world"


async def take(db: Database, due: Due, *found: Entry, now: datetime = NOW, most: int = 50) -> Taken:
    return await db.write(entries.take, due, found, now, keep=KEEP, most=most, topic_of=topic_of)


def rows(conn: Connection, *columns: str) -> list[Any]:
    chosen = [TABLE.c[name] for name in columns]
    found = conn.execute(select(*chosen).order_by(TABLE.c.published.desc())).all()
    return [row[0] if len(columns) == 1 else tuple(row) for row in found]


def touch(conn: Connection, /, headline_id: int, **values: object) -> None:
    conn.execute(update(TABLE).where(TABLE.c.id == headline_id).values(**values))


def seen(conn: Connection) -> int:
    return int(conn.execute(select(func.count()).select_from(entries.entries)).scalar_one())


async def test_entries_become_headlines_of_their_feed(db: Database, due: Due) -> None:
    taken = await take(db, due, entry("a", published=later(-60)), entry("b", published=later(-90)))
    assert len(taken.added) == 2
    page = await db.read(shelved)
    assert (page[0].title, page[0].source, page[0].topic) == ("Story a", "Feed 1", "world")
    assert page[0].published == later(-60)
    assert [headline.id for headline in page] == list(taken.added)


async def test_the_same_entries_again_change_nothing(db: Database, due: Due) -> None:
    found = [entry("a"), entry("b")]
    await take(db, due, *found)
    again = await take(db, due, *found, now=later(DAY * 3))
    assert again == entries.Taken((), ())


async def test_an_edited_entry_is_updated_and_loses_its_quotes(db: Database, due: Due) -> None:
    (headline_id,) = (await take(db, due, entry("a"))).added
    await db.write(headlines.set_quotes, {headline_id: ("What happened.",)})
    taken = await take(db, due, entry("a", "Corrected", published=later(60)), now=later(60))
    assert taken == entries.Taken((), (headline_id,))
    (row,) = await db.read(rows, "title", "quotes", "changed_at", "published")
    assert row == ("Corrected", None, later(60), NOW)


async def test_a_new_address_alone_is_no_news(db: Database, due: Due) -> None:
    await take(db, due, entry("a"))
    moved = entry("a", url="https://news.example/new", canonical="news.example/new")
    assert await take(db, due, moved, now=later(60)) == entries.Taken((), ())
    assert await db.read(rows, "url", "changed_at") == [("https://news.example/new", NOW)]


async def test_one_key_of_two_is_enough_and_the_other_is_learnt(db: Database, due: Due) -> None:
    await take(db, due, entry("a", keys=("guid1", "address1")))
    for keys in (("guid2", "address1"), ("guid2", "address2"), ("guid3", "address2")):
        assert await take(db, due, entry("a", keys=keys)) == entries.Taken((), ())
    assert await db.read(rows, "title") == ["Story a"]


async def test_a_first_reading_takes_the_newest_few_and_the_rest_never_comes(
    db: Database, due: Due
) -> None:
    many = [entry(f"e{number}", published=later(-number)) for number in range(100)]
    assert len((await take(db, due, *many, most=10)).added) == 10
    assert await take(db, due, *many, now=later(60)) == entries.Taken((), ())
    new = entry("new", published=later(30))
    assert len((await take(db, due, new, *many, now=later(60))).added) == 1
    assert (await db.read(rows, "title"))[:2] == ["Story new", "Story e0"]


async def test_old_news_is_no_news(db: Database, due: Due) -> None:
    old = entry("old", published=later(-31 * DAY))
    assert await take(db, due, old) == entries.Taken((), ())
    assert await take(db, due, entry("old", "Changed", published=later(-31 * DAY))) == (
        entries.Taken((), ())
    )


@pytest.mark.parametrize("published", [None, later(DAY * 365 * 70)])
async def test_without_a_sound_date_an_entry_is_as_new_as_its_arrival(
    db: Database, due: Due, published: datetime | None
) -> None:
    await take(db, due, entry("a", published=published), entry("b", published=published))
    first, second = await db.read(rows, "published")
    assert NOW == first > second > later(-1)
    assert await db.read(rows, "title") == ["Story a", "Story b"]


async def test_what_was_purged_does_not_come_back(db: Database, due: Due) -> None:
    found = [entry("a"), entry("b", published=None)]
    await take(db, due, *found)
    after = later(40 * DAY)
    assert await db.write(headlines.purge, later(10 * DAY), 500) == 2
    assert await db.read(rows, "title") == []
    assert await take(db, due, *found, now=after) == entries.Taken((), ())
    assert await db.read(seen) == 2


async def test_names_of_entries_are_forgotten_when_the_feed_has_long_lost_them(
    db: Database, due: Due
) -> None:
    await take(db, due, entry("a"), entry("b"))
    await db.write(headlines.purge, later(DAY), 500)
    for days, left in ((29, 2), (31, 1), (61, 1)):
        due = replace(due, read_at=later((days - 2) * DAY))
        await take(db, due, entry("b"), now=later(days * DAY))
        assert await db.read(seen) == left


async def test_what_an_admin_edited_or_removed_stays_so(db: Database, due: Due) -> None:
    edited, removed = (await take(db, due, entry("a"), entry("b"))).added
    await db.write(touch, edited, title="Mine", edited_at=NOW)
    await db.write(touch, removed, removed_at=NOW)
    new = [entry("a", "Other"), entry("b", "Other")]
    assert await take(db, due, *new, now=later(9)) == entries.Taken((), ())
    assert set(await db.read(rows, "title")) == {"Mine", "Story b"}


async def test_purging_leaves_what_people_put_on_the_shelf(db: Database, due: Due) -> None:
    await take(db, due, *(entry(f"e{number}") for number in range(5)))
    (first, *_) = await db.read(rows, "id")
    await db.write(touch, first, feed_id=None, origin="admin")
    assert await db.write(headlines.purge, later(1), 3) == 3
    assert await db.write(headlines.purge, later(1), 3) == 1
    assert await db.write(headlines.purge, later(1), 3) == 0
    assert await db.read(rows, "id") == [first]


async def test_a_crash_half_way_leaves_nothing_and_the_next_time_does_it_all(
    db: Database, due: Due
) -> None:
    def take_and_crash(conn: Connection) -> None:
        entries.take(conn, due, [entry("a"), entry("b")], NOW, keep=KEEP, most=9, topic_of=topic_of)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await db.write(take_and_crash)
    assert (await db.read(rows, "title"), await db.read(seen)) == ([], 0)
    assert len((await take(db, due, entry("a"), entry("b"))).added) == 2


async def test_teasers_wait_for_their_article_the_newest_first(db: Database, due: Due) -> None:
    found = [
        entry("a", teaser=True, published=later(-60)),
        entry("b", teaser=True),
        entry("whole"),
        entry("nowhere", teaser=True, url=None, canonical=None),
    ]
    await take(db, due, *found)
    wanted = await db.read(headlines.wanted, later(-DAY), 9)
    assert [each.title for each in wanted] == ["Story b", "Story a"]
    assert await db.read(headlines.wanted, later(-30), 9) == wanted[:1]
    assert await db.read(headlines.wanted_of, [wanted[1].id]) == [wanted[1]]
    assert await db.write(headlines.set_article, wanted[0], "The whole article.", None)
    why = Said("No.")
    assert await db.write(headlines.set_article, wanted[1], None, why)
    assert await db.read(headlines.wanted, later(-DAY), 9) == []
    texts = await db.read(headlines.texts, [each.id for each in wanted])
    assert [texts[each.id] for each in wanted] == ["The whole article.", "What happened."]


async def test_an_article_that_comes_too_late_is_not_put_under_other_words(
    db: Database, due: Due
) -> None:
    await take(db, due, entry("a", teaser=True))
    (wanted,) = await db.read(headlines.wanted, later(-DAY), 9)
    await take(db, due, entry("a", "Corrected", teaser=True), now=later(5))
    assert not await db.write(headlines.set_article, wanted, "The old article.", None)
    (again,) = await db.read(headlines.wanted, later(-DAY), 9)
    assert again.title == "Corrected"


async def test_strange_texts_are_stored_as_far_as_possible(db: Database, due: Due) -> None:
    strange = [entry("a", "nul\0 half \ud83d", "\u202e👩‍👩‍👧"), entry("b", "x", "文" * 6000)]
    assert len((await take(db, due, *strange)).added) == 2
    assert await take(db, due, *strange) == entries.Taken((), ())
