"""Headlines find their stories through the store, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from bot.models.headlines import HeadlineEntry
from bot.services import placing, quotes, saved, stories
from bot.services.placing import Placed
from bot.store import chats, clusters, headlines, seeds, terms
from bot.store import stories as shelf
from bot.store.headlines import headlines as table
from tests.store.samples import NOW, chat, person

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.models.stories import Story
    from bot.store.database import Connection, Database

FIRE = "A fire destroyed the old mill of Ashby on Monday night. Nobody was hurt."
FIRE_TOO = "Flames destroyed the mill in Ashby; 40 firefighters could not save it on Monday."
ARREST = "Police arrested a baker, 41, suspected of setting fire to the mill of Ashby."
BUS = "A ticket will cost a tenth more from May, the council decided."


def entry(
    key: str, title: str, text: str = "", source: str = "Times", hours: float = 0, **values: object
) -> HeadlineEntry:
    made = HeadlineEntry(
        key=key, language="en", topic="world", title=title, source=source,
        url=f"https://news.example/{key}", published=NOW + timedelta(hours=hours), text=text,
    )  # fmt: skip
    return replace(made, **values)  # type: ignore[arg-type]


MILL = entry("mill", "Fire destroys mill in Ashby", FIRE)
MILL_TOO = entry("mill2", "Ashby loses its old mill to fire", FIRE_TOO, "Post", 1)
MILL_MAIL = entry("mill3", "Ashby mill gone in flames", FIRE, "Mail", 2)
FARES = entry("bus", "Council votes on bus fares", BUS, "Post", 3)


async def shelve(db: Database, *entries: HeadlineEntry) -> None:
    await db.write(seeds.apply, "headlines", entries, NOW, origin="import", prune=False)


async def place(db: Database, *entries: HeadlineEntry, most: int | None = None) -> Placed:
    await shelve(db, *entries)
    return await stories.place_due(db, NOW, most=most)


async def told(db: Database, *, samples: bool = False, language: str = "en") -> list[Story]:
    found, _ = await db.read(
        shelf.page, language, wanted=None, samples=samples, offset=0, limit=100
    )
    return found


async def titles(db: Database, *, samples: bool = False) -> list[list[str]]:
    """The titles of each story, the leading one first."""
    found = await told(db, samples=samples)
    return [[each.title for each in story.entries] for story in found]


def alter(key: str, **values: object) -> Callable[[Connection], None]:
    def work(conn: Connection) -> None:
        conn.execute(update(table).where(table.c.key == key).values(placed_at=None, **values))

    return work


async def test_one_event_in_three_papers_is_one_story_with_three_sources(db: Database) -> None:
    assert await place(db, MILL, MILL_TOO, FARES, MILL_MAIL) == Placed(stories=2, joined=2)
    story, fares = sorted(await told(db), key=lambda story: -story.sources)
    assert (story.sources, story.first_seen, story.last_seen) == (
        3, NOW, NOW + timedelta(hours=2),
    )  # fmt: skip
    assert [each.source for each in story.entries] == ["Times", "Post", "Mail"]
    assert fares.lead.title == FARES.title


async def test_placing_again_changes_nothing(db: Database) -> None:
    await place(db, MILL, MILL_TOO, FARES)
    before = await told(db)
    assert await stories.place_due(db, NOW) == Placed()
    assert await place(db, MILL, MILL_TOO, FARES) == Placed()
    assert await told(db) == before


async def test_who_is_stopped_in_the_middle_goes_on_where_it_was(db: Database) -> None:
    await place(db, MILL, MILL_TOO, FARES, MILL_MAIL, most=1)
    assert await titles(db) == [[MILL.title]]

    def dies(conn: Connection) -> None:
        found = clusters.due(conn, 10)
        placing.place(conn, found, placing.sketches_of(found), NOW)
        raise RuntimeError("the light went out")

    with pytest.raises(RuntimeError):
        await db.write(dies)
    assert await titles(db) == [[MILL.title]]
    await stories.place_due(db, NOW)
    assert sorted(map(len, await titles(db))) == [1, 3]


async def test_what_changed_since_it_was_found_is_left_for_the_next_time(db: Database) -> None:
    await shelve(db, MILL)
    found = await db.read(clusters.due, 10)
    await db.write(alter("mill", title="Water destroys mill"))
    assert await db.write(placing.place, found, placing.sketches_of(found), NOW) == Placed()
    assert await stories.place_due(db, NOW) == Placed(stories=1)
    assert await titles(db) == [["Water destroys mill"]]


async def test_samples_and_other_languages_make_stories_of_their_own(db: Database) -> None:
    sample = replace(MILL_MAIL, key="sample", sample=True)
    german = replace(MILL_MAIL, key="german", language="de")
    await place(db, MILL, MILL_TOO, sample, german)
    assert await titles(db) == [[MILL.title, MILL_TOO.title]]
    assert len(await titles(db, samples=True)) == 2
    assert len(await told(db, language="de")) == 1


async def test_the_same_address_is_the_same_story_whatever_its_title(db: Database) -> None:
    await place(db, MILL)
    await db.write(alter("mill", canonical="news.example/mill"))
    await shelve(db, FARES)
    await db.write(alter("bus", canonical="news.example/mill"))
    await stories.place_due(db, NOW)
    assert await titles(db) == [[MILL.title, FARES.title]]


async def test_a_front_page_is_no_articles_address(db: Database) -> None:
    await shelve(db, MILL, FARES)
    for key in ("mill", "bus"):
        await db.write(alter(key, canonical="news.example"))
    await stories.place_due(db, NOW)
    assert len(await titles(db)) == 2


async def test_a_changed_title_stays_with_its_story(db: Database) -> None:
    await place(db, MILL, MILL_TOO)
    (before,) = await told(db)
    await db.write(alter("mill2", title="Goodbye to a mill"))
    assert await stories.place_due(db, NOW) == Placed(changed=1)
    (story,) = await told(db)
    assert (story.id, story.version) == (before.id, 1)
    assert [each.title for each in story.entries] == [MILL.title, "Goodbye to a mill"]


async def test_a_teaser_that_became_an_article_finds_its_story(db: Database) -> None:
    teaser = replace(MILL_TOO, title="What a night", text="More in our report.")
    await place(db, MILL, teaser)
    alone = next(story for story in await told(db) if story.lead.title == "What a night")
    await db.write(alter("mill2", text=f"{FIRE} {FIRE_TOO}"))
    assert await stories.place_due(db, NOW) == Placed(joined=1)
    (story,) = await told(db)
    assert story.sources == 2
    assert await db.read(shelf.find, alone.id) == story


async def test_a_removed_headline_leaves_its_story_and_comes_back(db: Database) -> None:
    await place(db, MILL, MILL_TOO, FARES)
    for key in ("mill", "bus"):
        await db.write(alter(key, removed_at=NOW))
    assert await stories.place_due(db, NOW) == Placed(changed=2)
    assert await titles(db) == [[MILL_TOO.title]]
    assert await db.read(shelf.topics, "en", False) == [("world", 1)]
    for key in ("mill", "bus"):
        await db.write(alter(key, removed_at=None))
    await stories.place_due(db, NOW)
    assert sorted(map(len, await titles(db))) == [1, 2]


async def test_a_seed_taken_down_leaves_its_story(db: Database) -> None:
    await db.write(seeds.apply, "headlines", [MILL, MILL_TOO], NOW, origin="seed", prune=True)
    await stories.place_due(db, NOW)
    await db.write(seeds.apply, "headlines", [MILL], NOW, origin="seed", prune=True)
    await stories.place_due(db, NOW)
    assert await titles(db) == [[MILL.title]]


async def test_who_says_most_leads(db: Database) -> None:
    await place(db, replace(MILL, text=""), replace(MILL_TOO, text=FIRE_TOO * 9), MILL_MAIL)
    (story,) = await told(db)
    assert [each.source for each in story.entries] == ["Post", "Times", "Mail"]


async def test_the_topic_is_what_most_of_the_sources_say(db: Database) -> None:
    found = [replace(each, topic="culture") for each in (MILL_TOO, MILL_MAIL)]
    await place(db, MILL, *found)
    assert await db.read(shelf.topics, "en", False) == [("culture", 1)]


async def test_a_chat_is_told_a_story_once_and_again_when_it_changed(db: Database) -> None:
    ann, ben = chat(1), chat(2)
    await place(db, MILL, MILL_TOO)
    (story,) = await told(db)
    assert await db.read(stories.untold, ann.id, [story]) == [(story, False)]
    await stories.tell(db, ann, [story], NOW)
    assert await db.read(stories.untold, ann.id, [story]) == []
    await place(db, MILL_MAIL)
    assert await db.read(stories.untold, ann.id, await told(db)) == []
    await place(db, entry("arrest", "Baker arrested after Ashby mill fire", ARREST, "Post", 9))
    (story,) = await told(db)
    assert (story.sources, story.version) == (3, 2)
    assert await db.read(stories.untold, ann.id, [story]) == [(story, True)]
    assert await db.read(stories.untold, ben.id, [story]) == [(story, False)]
    await stories.tell(db, ann, [story], NOW)
    assert await db.read(stories.untold, ann.id, [story]) == []


async def test_a_new_title_over_the_same_text_is_no_update_and_over_news_it_is(
    db: Database,
) -> None:
    await place(db, MILL)
    await db.write(alter("mill", title="Blaze guts historic building"))
    await stories.place_due(db, NOW + timedelta(hours=5))
    (story,) = await told(db)
    assert (story.lead.title, story.version) == ("Blaze guts historic building", 1)
    await db.write(alter("mill", title="Baker arrested after the blaze", text=ARREST))
    await stories.place_due(db, NOW + timedelta(hours=9))
    (story,) = await told(db)
    assert (story.lead.title, story.version) == ("Baker arrested after the blaze", 2)


async def test_who_was_told_one_of_two_stories_was_told_the_one_they_became(db: Database) -> None:
    ann = chat(1)
    await place(db, MILL, entry("brief", "What a night", "More in our report.", "Post", 1))
    brief = next(story for story in await told(db) if story.lead.source == "Post")
    await stories.tell(db, ann, [brief], NOW)
    await db.write(alter("brief", text=f"{FIRE} {FIRE_TOO}"))
    await stories.place_due(db, NOW)
    assert await db.read(stories.untold, ann.id, await told(db)) == []


async def test_who_saved_one_of_two_stories_saved_the_one_they_became_and_once(
    db: Database,
) -> None:
    for number in (1, 2):
        await db.write(chats.remember, chat(number), person(number), NOW)
    await place(db, MILL, entry("brief", "What a night", "More in our report.", "Post", 1))
    fire, brief = sorted(await told(db), key=lambda story: story.lead.source == "Post")
    for update_id, (who, story) in enumerate([(1, brief), (2, brief), (2, fire)]):
        await saved.press(db, who, "story", story.id, update_id, NOW)
    await db.write(alter("brief", text=f"{FIRE} {FIRE_TOO}"))
    await stories.place_due(db, NOW)
    (one,) = await told(db)
    assert await saved.press(db, 1, "story", brief.id, 7, NOW, wish=True)
    for who in (1, 2):
        found = await saved.page(db, who, 0)
        assert [each.item_id for each in found.items] == [one.id]


async def test_a_summary_draws_on_each_source_once_and_the_lead_first(db: Database) -> None:
    again = entry("mill4", "Ashby mill: what we know", f"{FIRE} {ARREST}", "Times", 3)
    copy = entry("mill5", "Ashby loses its old mill to fire", FIRE_TOO, "Sun", 4)
    empty_one = entry("mill6", "Fire destroys old mill in Ashby", "", "Star", 4)
    await place(db, MILL, MILL_TOO, again, copy, empty_one)
    (story,) = await told(db)
    assert story.sources == 4
    found = await quotes.documents(db, story)
    assert [each.text for each in found.values()] == [f"{FIRE} {ARREST}", FIRE_TOO]
    assert {each.language for each in found.values()} == {"en"}


async def test_many_entries_and_only_a_few_at_a_time(db: Database) -> None:
    papers = [replace(MILL_MAIL, key=f"m{n}", source=f"Paper {n}") for n in range(40)]
    assert await place(db, *papers, FARES) == Placed(stories=2, joined=39)
    sizes = sorted(map(len, await titles(db)))
    assert sizes == [1, 40]


@pytest.mark.parametrize(
    "title", ["", "\0\ud800", "😀" * 300, "ا" * 300, "<b>&amp;", "x" * 100_000]
)
async def test_whatever_a_title_says_it_is_a_story(db: Database, title: str) -> None:
    assert await place(db, entry("odd", title, title * 3), FARES) == Placed(stories=2)
    assert len(await told(db)) == 2


async def test_old_stories_are_no_longer_looked_through(db: Database) -> None:
    def postings(conn: Connection) -> int:
        return len(conn.execute(terms.story_terms.select()).all())

    await place(db, MILL, FARES)
    many = await db.read(postings)
    await stories.tidy(db, NOW)
    assert await db.read(postings) == many
    later = NOW + timedelta(days=stories.POSTING_DAYS + 1)
    assert await db.write(terms.drop_postings, later.toordinal(), 5) >= 5
    await stories.tidy(db, later + timedelta(days=1))
    assert await db.read(postings) == 0
    assert len(await told(db)) == 2


async def test_stories_go_with_the_last_of_their_headlines(db: Database) -> None:
    await place(db, MILL, MILL_TOO, FARES)
    later = NOW + timedelta(days=40)
    assert await db.write(shelf.purge, later, 10) == 0
    await db.write(lambda conn: conn.execute(table.delete().where(table.c.key != "mill")))
    assert await db.write(shelf.purge, NOW, 10) == 0
    assert await db.write(shelf.purge, later, 10) == 1
    assert await titles(db) == [[MILL.title]]


async def test_what_is_counted_of_words_stays_small(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def counted(conn: Connection) -> tuple[int, int]:
        rows = conn.execute(terms.term_counts.select()).all()
        return max(row.entries for row in rows if row.term == terms.TOTAL), len(rows)

    monkeypatch.setattr(placing, "COUNTED", 8)
    monkeypatch.setattr(placing, "MOST_COUNTED", 12)
    some = [entry(f"n{n}", f"Word{n} happened in place{n}", hours=n / 9) for n in range(60)]
    await place(db, *some)
    entries, rows = await db.read(counted)
    assert 4 <= entries < 12
    assert rows < 60


async def test_no_headlines_no_stories(db: Database) -> None:
    assert await stories.place_due(db, NOW) == Placed()
    assert await told(db) == []
    assert await db.read(shelf.find, 10**12) is None
    assert await db.read(stories.untold, chat(1).id, []) == []
    await stories.tell(db, chat(1), [], NOW)
    assert await db.read(headlines.texts, []) == {}
