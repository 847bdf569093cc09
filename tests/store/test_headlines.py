"""The shelf of headlines: pages, topics, quotes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.models.headlines import Headline
from bot.store import headlines, seeds
from tests.store.samples import NOW, headline, later, shelved

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


async def titles(db: Database, *, samples: bool = False) -> list[str]:
    return [found.title for found in await db.read(shelved, samples=samples)]


async def test_samples_are_kept_apart(db: Database) -> None:
    await stock(db)
    assert await titles(db) == ["Team wins", "Moon is far", "Ice melts"]
    assert (await titles(db, samples=True))[0] == "Sample story"


async def test_a_headline_comes_back_as_it_went_in(db: Database) -> None:
    await stock(db, [headline("x", "Emoji 😂 & <b>", published=later(0.5), text="T")])
    found = await db.read(shelved)
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


@pytest.mark.parametrize("quotes", [("One.", "二。“引号”"), (), ("\0nul",)])
async def test_quotes_are_kept_with_their_headline(db: Database, quotes: tuple[str, ...]) -> None:
    await stock(db)
    newest, *_ = await db.read(shelved)
    assert newest.quotes is None
    await db.write(headlines.set_quotes, {newest.id: quotes})
    newest, *_ = await db.read(shelved)
    assert newest.quotes == quotes


async def test_a_changed_article_loses_its_old_quotes(db: Database) -> None:
    await stock(db)
    newest, *_ = await db.read(shelved)
    await db.write(headlines.set_quotes, {newest.id: ("Science helped them.",)})
    changed = headline("b", "Team wins", published=later(3), topic="sport", text="Luck helped.")
    await stock(db, [changed])
    newest, *_ = await db.read(shelved)
    assert newest.quotes is None


async def test_articles_are_handed_out_for_reading(db: Database) -> None:
    await stock(db)
    found = await db.read(shelved)
    texts = await db.read(headlines.texts, [found[0].id, 10**12])
    assert texts == {found[0].id: "Science helped them."}
    assert await db.read(headlines.texts, []) == {}
    await db.write(headlines.set_quotes, {})


async def test_a_source_is_known_by_its_name_in_any_case(db: Database) -> None:
    await stock(db)
    assert await db.read(headlines.source_named, "en", " example TIMES ") == "Example Times"
    assert await db.read(headlines.source_named, "en", "Example") is None
    assert await db.read(headlines.source_named, "de", "Example Times") is None
    await db.write(seeds.apply, "headlines", [replace(headline("é"), source="ÉCHO du Soir")], NOW,
                   origin="import", prune=False)  # fmt: skip
    assert await db.read(headlines.source_named, "en", "écho DU soir") == "ÉCHO du Soir"
