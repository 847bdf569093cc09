"""The shelf of headlines: pages, topics, quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.models.headlines import Headline
from bot.store import headlines, seeds
from tests.store.samples import NOW, headline, later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models.headlines import HeadlineEntry
    from bot.store.database import Database

SHELF = (
    headline("a", "Ice melts", published=later(1), text="It was 100% ice. Now it is water."),
    headline("b", "Team wins", published=later(3), topic="sport", text="Science helped them."),
    headline("c", "Moon is far", published=later(2)),
    headline("d", "Sample story", published=later(9), sample=True, topic="health"),
    headline("e", "月球很远", published=later(4), language="zh", text="科学家测量了距离。"),
)


async def stock(db: Database, entries: Sequence[HeadlineEntry] = SHELF) -> None:
    await db.write(seeds.apply, "headlines", entries, NOW, origin="seed", prune=True)


async def page(
    db: Database,
    wanted: str | None = None,
    *,
    language: str = "en",
    samples: bool = False,
    offset: int = 0,
    limit: int = 5,
) -> tuple[list[Headline], int]:
    return await db.read(
        headlines.page,
        language,
        topic_or_word=wanted,
        samples=samples,
        offset=offset,
        limit=limit,
    )


async def titles(db: Database, wanted: str | None = None, **values: str) -> list[str]:
    return [found.title for found in (await page(db, wanted, **values))[0]]  # type: ignore[arg-type]


async def test_the_newest_come_first_without_samples(db: Database) -> None:
    await stock(db)
    assert await titles(db) == ["Team wins", "Moon is far", "Ice melts"]


async def test_samples_are_shown_where_they_are_wanted(db: Database) -> None:
    await stock(db)
    found, total = await page(db, samples=True)
    assert (found[0].title, total) == ("Sample story", 4)


async def test_pages_follow_each_other_and_know_the_total(db: Database) -> None:
    await stock(db)
    first, total = await page(db, limit=2)
    rest, _ = await page(db, limit=2, offset=2)
    assert [found.title for found in [*first, *rest]] == ["Team wins", "Moon is far", "Ice melts"]
    assert total == 3
    assert await page(db, offset=50) == ([], 3)


async def test_a_topic_goes_before_the_same_word_elsewhere(db: Database) -> None:
    await stock(db)
    assert await titles(db, "science") == ["Moon is far", "Ice melts"]
    assert await titles(db, "SPORT") == ["Team wins"]


async def test_a_word_is_found_in_title_source_and_article(db: Database) -> None:
    await stock(db)
    assert await titles(db, "MOON") == ["Moon is far"]
    assert await titles(db, "example times") == ["Team wins", "Moon is far", "Ice melts"]
    assert await titles(db, "100%") == ["Ice melts"]
    assert await titles(db, "1%0") == []
    assert await titles(db, "科学家", language="zh") == ["月球很远"]


async def test_a_headline_comes_back_as_it_went_in(db: Database) -> None:
    await stock(db, [headline("x", "Emoji 😂 & <b>", published=later(0.5), text="T")])
    found, _ = await page(db)
    assert found == [
        Headline(
            found[0].id,
            "en",
            "science",
            "Emoji 😂 & <b>",
            "Example Times",
            "https://example.org/x",
            later(0.5),
        )
    ]
    assert await db.read(headlines.find, found[0].id) == found[0]
    assert await db.read(headlines.find, 10**12) is None


@pytest.mark.parametrize("quotes", [("One.", "二。“引号”"), (), ("\0nul",)])
async def test_quotes_are_kept_with_their_headline(db: Database, quotes: tuple[str, ...]) -> None:
    await stock(db)
    (newest, *_), _ = await page(db)
    assert newest.quotes is None
    await db.write(headlines.set_quotes, {newest.id: quotes})
    found = await db.read(headlines.find, newest.id)
    assert found is not None
    assert found.quotes == quotes


async def test_a_changed_article_loses_its_old_quotes(db: Database) -> None:
    await stock(db)
    (newest, *_), _ = await page(db)
    await db.write(headlines.set_quotes, {newest.id: ("Science helped them.",)})
    changed = headline("b", "Team wins", published=later(3), topic="sport", text="Luck helped.")
    await stock(db, [changed])
    found = await db.read(headlines.find, newest.id)
    assert found is not None
    assert found.quotes is None


async def test_articles_are_handed_out_for_reading(db: Database) -> None:
    await stock(db)
    found, _ = await page(db)
    texts = await db.read(headlines.texts, [found[0].id, 10**12])
    assert texts == {found[0].id: "Science helped them."}
    assert await db.read(headlines.texts, []) == {}
    await db.write(headlines.set_quotes, {})


async def test_topics_and_languages_are_counted(db: Database) -> None:
    await stock(db)
    assert await db.read(headlines.topics, "en", False) == [("science", 2), ("sport", 1)]
    assert dict(await db.read(headlines.topics, "en", True))["health"] == 1
    assert await db.read(headlines.languages, False) == {"en": 3, "zh": 1}
    assert await db.read(headlines.languages, samples=True) == {"en": 4, "zh": 1}
