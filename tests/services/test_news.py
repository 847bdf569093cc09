"""The news as a chat gets it: quoted once, to its taste, and told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.child import Children
from bot.errors import UserError
from bot.models.interests import Interest
from bot.services import chats, interests, news, quotes, stories
from bot.store import stories as shelf
from tests.services.test_stories import (
    ARREST,
    FARES,
    FIRE,
    FIRE_TOO,
    MILL,
    MILL_MAIL,
    MILL_TOO,
    alter,
    entry,
    place,
)
from tests.store.samples import NOW, chat

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.models.stories import Story, StoryPage
    from bot.store.database import Database

ANN = chat(1)
LATER = NOW + timedelta(hours=12)


@pytest.fixture
async def children() -> AsyncIterator[Children]:
    async with Children(workers=1) as made:
        yield made


@pytest.fixture(autouse=True)
async def known(db: Database) -> None:
    await chats.remember(db, ANN, None, NOW)


async def page(db: Database, children: Children, wanted: str = "", offset: int = 0) -> StoryPage:
    return await news.page(db, children, ANN, "en", now=LATER, wanted=wanted, offset=offset)


def leads(found: StoryPage) -> list[str]:
    return [story.lead.title for story in found.stories]


async def mill(db: Database) -> Story:
    found, _ = await db.read(shelf.page, "en", wanted="ashby", samples=False, offset=0, limit=1)
    return found[0]


async def test_a_story_is_quoted_word_for_word_from_its_sources(
    db: Database, children: Children
) -> None:
    await place(db, MILL, MILL_TOO, FARES)
    found = await page(db, children, "ashby")
    (story,) = found.stories
    assert story.quotes
    texts = {each.id: FIRE if each.title == MILL.title else FIRE_TOO for each in story.entries}
    assert all(quote.text in texts[quote.headline] for quote in story.quotes)
    assert {quote.headline for quote in story.quotes} == set(texts)


async def test_the_quotes_are_chosen_once_and_anew_when_the_story_grew(
    db: Database, children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    await place(db, MILL)
    before = (await page(db, children)).stories
    assert await mill(db) == before[0]
    await place(db, MILL_TOO)
    assert (await mill(db)).quotes is None
    await news.read_ahead(db, children)
    assert (await mill(db)).quotes
    monkeypatch.setattr(Children, "run", None)
    assert (await page(db, children)).stories[0].sources == 2


async def test_quotes_of_what_changed_meanwhile_are_not_kept(db: Database) -> None:
    await place(db, MILL)
    old = await mill(db)
    await db.write(alter("mill", text=ARREST))
    await stories.place_due(db, NOW)
    await db.write(shelf.set_quotes, old, ())
    assert (await mill(db)).quotes is None


async def test_without_any_text_there_are_no_quotes(db: Database, children: Children) -> None:
    await place(db, replace(MILL, text=""), entry("odd", "Signs", "!!! 😀"))
    assert [story.quotes for story in (await page(db, children)).stories] == [(), ()]


async def test_each_source_is_quoted_by_itself_in_the_full_story(
    db: Database, children: Children
) -> None:
    await place(db, MILL, MILL_TOO, MILL_MAIL)
    told, unread = await quotes.of_sources(db, children, await mill(db))
    assert [each.source for each in told] == ["Times", "Post", "Mail"]
    assert all(each.quotes for each in told)
    assert unread == {}


async def test_a_topic_a_source_or_a_word_narrows_the_news(
    db: Database, children: Children
) -> None:
    await place(db, MILL, replace(FARES, topic="business"))
    assert leads(await page(db, children, "business")) == [FARES.title]
    assert leads(await page(db, children, "times")) == [MILL.title]
    assert leads(await page(db, children, "FIRE")) == [MILL.title]
    nothing = await page(db, children, "volcano")
    assert (nothing.stories, nothing.total) == ((), 0)


async def test_pages_follow_each_other_with_and_without_a_taste(
    db: Database, children: Children
) -> None:
    many = [entry(f"n{n}", f"Word{n} happened in place{n}", hours=n / 9) for n in range(7)]
    await place(db, *many)
    for _ in range(2):
        first, second = await page(db, children), await page(db, children, offset=5)
        assert (len(first.stories), len(second.stories), first.total) == (5, 2, 7)
        assert not set(leads(first)) & set(leads(second))
        await interests.put(db, ANN.id, Interest("follow", "topic", "world"), NOW)


async def test_followed_stories_come_first_and_muted_ones_not_at_all(
    db: Database, children: Children
) -> None:
    await place(db, MILL, FARES)
    assert leads(await page(db, children)) == [FARES.title, MILL.title]
    await interests.put(db, ANN.id, Interest("follow", "word", "mill"), NOW)
    assert leads(await page(db, children)) == [MILL.title, FARES.title]
    await interests.put(db, ANN.id, Interest("mute", "word", "mill"), NOW, days=7)
    found = await page(db, children)
    assert (leads(found), found.total) == ([FARES.title], 1)


async def test_a_name_is_a_topic_a_known_source_or_else_a_word(db: Database) -> None:
    await place(db, MILL)
    said = [
        await interests.named(db, "follow", "en", name) for name in ("SPORT", "times", "volcano")
    ]
    assert [(each.what, each.name) for each in said] == [
        ("topic", "sport"), ("source", "Times"), ("word", "volcano"),
    ]  # fmt: skip


async def test_a_chat_follows_only_so_much(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interests, "INTERESTS_PER_CHAT", 1)
    await interests.put(db, ANN.id, Interest("follow", "word", "one"), NOW)
    with pytest.raises(UserError, match="more than 1: please end some first"):
        await interests.put(db, ANN.id, Interest("follow", "word", "two"), NOW)


async def test_what_changed_since_the_chat_saw_it_is_an_update(
    db: Database, children: Children
) -> None:
    await place(db, MILL, MILL_TOO)
    assert (await page(db, children)).updated == frozenset()
    await place(db, entry("arrest", "Baker arrested after Ashby mill fire", ARREST, "Post", 9))
    changed = await page(db, children)
    assert changed.updated == {(await mill(db)).id}
    assert (await page(db, children)).updated == frozenset()


async def test_a_digest_gets_only_what_the_chat_has_not_seen(
    db: Database, children: Children
) -> None:
    await place(db, MILL, MILL_TOO, FARES)

    async def fresh(
        since: timedelta = timedelta(days=1), topics: tuple[str, ...] = (), most: int = 5
    ) -> list[tuple[str, bool]]:
        found = await news.since_then(db, "en", LATER - since, topics=topics)
        chosen = await db.read(news.choose, ANN.id, found, LATER, most=most)
        return [(story.lead.source, updated) for story, updated in chosen]

    assert await fresh() == [("Times", False), ("Post", False)]
    assert await fresh(most=1) == [("Times", False)]
    assert await fresh(topics=("sport",)) == []
    assert await fresh(since=timedelta(hours=10)) == [("Post", False)]
    await interests.put(db, ANN.id, Interest("mute", "word", "bus"), NOW)
    assert await fresh() == [("Times", False)]
    await page(db, children)
    assert await fresh() == []
    await place(db, entry("arrest", "Baker arrested after Ashby mill fire", ARREST, "Post", 9))
    assert await fresh() == [("Times", True)]


async def test_a_story_that_is_gone_is_said_to_be_over(db: Database) -> None:
    with pytest.raises(UserError, match="kept for 30 days"):
        await stories.find(db, 10**12)


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_words_of_a_title_are_offered(
    db: Database, children: Children, language: str
) -> None:
    title = {"en": "Fire destroys the mill in Ashby", "zh": "大火烧毁阿什比的磨坊"}[language]
    await place(db, replace(MILL, title=title, language=language))
    found, _ = await db.read(shelf.page, language, wanted=None, samples=False, offset=0, limit=1)
    words = await interests.words(children, found[0])
    assert words
    assert all(word in title.lower() for word in words)


async def test_the_words_that_all_titles_of_a_story_have_are_offered_first(
    db: Database, children: Children
) -> None:
    titles = [
        "Astronomers show the first picture of a black hole",
        "Virtual telescope photographs a black hole's shadow",
    ]
    await place(db, MILL)
    found, _ = await db.read(shelf.page, "en", wanted=None, samples=False, offset=0, limit=1)
    told = tuple(replace(found[0].lead, title=title) for title in titles)
    story = replace(found[0], entries=told)
    assert await interests.words(children, story) == ("black", "hole", "photographs")
