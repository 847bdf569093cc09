"""The shelf of jokes: found, counted, voted on, flagged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from bot.models.jokes import Joke
from bot.store import jokes, seeds, votes
from tests.store.samples import NOW, joke, later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models.jokes import JokeEntry
    from bot.store.database import Connection, Database

SHELF = (
    joke("a", "A Cat walks in.", category="animals", punchline="It walks out."),
    joke("b", "A dog, 100% sure.", category="animals"),
    joke("c", "The office cat_nap.", category="office"),
    joke("d", "猫走进会议室。", category="动物", language="zh", punchline="会议结束了。"),
)


def ids(conn: Connection) -> dict[str, int]:
    rows = conn.execute(jokes.jokes.select().with_only_columns(jokes.jokes.c.key, jokes.jokes.c.id))
    return dict(rows.all())


async def stocked(db: Database, entries: Sequence[JokeEntry] = SHELF) -> dict[str, int]:
    await db.write(seeds.apply, "jokes", entries, NOW, origin="seed", prune=True)
    return await db.read(ids)


async def matching(db: Database, word: str, language: str = "en") -> list[str]:
    return [found.text for found in await db.read(jokes.search, language, word, 10)]


async def test_a_joke_is_found_whole(db: Database) -> None:
    known = await stocked(db)
    assert await db.read(jokes.find, known["a"]) == Joke(
        known["a"], "en", "animals", "A Cat walks in.", "It walks out."
    )
    assert await db.read(jokes.find, 10**12) is None


async def test_a_removed_joke_is_not_found(db: Database) -> None:
    known = await stocked(db)
    await stocked(db, SHELF[1:])
    assert await db.read(jokes.find, known["a"]) is None
    assert await matching(db, "walks") == []
    assert len(await matching(db, "")) == 2


async def test_words_are_searched_in_text_punchline_and_category_newest_first(
    db: Database,
) -> None:
    await stocked(db)
    assert await matching(db, "CAT") == ["The office cat_nap.", "A Cat walks in."]
    assert await matching(db, "walks OUT") == ["A Cat walks in."]
    assert await matching(db, "animals") == ["A dog, 100% sure.", "A Cat walks in."]
    assert await matching(db, "会议", "zh") == ["猫走进会议室。"]
    assert len(await matching(db, "")) == 3


async def test_special_characters_mean_nothing(db: Database) -> None:
    await stocked(db)
    assert await matching(db, "100%") == ["A dog, 100% sure."]
    assert await matching(db, "cat_nap") == ["The office cat_nap."]
    assert await matching(db, "\0'; DROP TABLE jokes; --") == []
    assert await matching(db, "%") == []


async def test_a_search_is_limited(db: Database) -> None:
    await stocked(db)
    assert len(await db.read(jokes.search, "en", "a", 2)) == 2


async def test_categories_are_counted_the_fullest_first(db: Database) -> None:
    await stocked(db)
    assert await db.read(jokes.categories, "en") == [("animals", 2), ("office", 1)]
    assert await db.read(jokes.categories, "xx") == []


async def test_a_person_has_one_vote_and_may_change_it(db: Database) -> None:
    known = await stocked(db)
    assert await db.read(votes.counts, known["a"]) == (0, 0)
    assert await db.write(votes.vote, known["a"], 1, "laugh") == (1, 0)
    assert await db.write(votes.vote, known["a"], 1, "laugh") == (1, 0)
    assert await db.write(votes.vote, known["a"], 2, "shrug") == (1, 1)
    assert await db.write(votes.vote, known["a"], 1, "shrug") == (0, 2)
    found = await db.read(jokes.find, known["a"])
    assert found is not None
    assert (found.laughs, found.shrugs) == (0, 2)


async def test_votes_of_strangers_or_for_nothing_are_refused(db: Database) -> None:
    known = await stocked(db)
    for joke_id, person_id in ((known["a"], 404), (10**9, 1)):
        with pytest.raises(IntegrityError):
            await db.write(votes.vote, joke_id, person_id, "laugh")


async def test_a_flag_counts_once(db: Database) -> None:
    known = await stocked(db)
    assert await db.write(votes.flag, known["a"], 1, NOW)
    assert not await db.write(votes.flag, known["a"], 1, later(1))
    assert await db.write(votes.flag, known["a"], 2, later(2))
