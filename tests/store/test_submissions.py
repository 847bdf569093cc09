"""The queue and its neighbours on the shelf, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.models.submissions import Wording
from bot.services import jokes as telling
from bot.services import submissions as service
from bot.store import jokes, review, seeds, submissions, votes
from tests.store.samples import NOW, joke, later

if TYPE_CHECKING:
    from bot.store.database import Connection, Database

GULL = Wording(
    "Why did the gull cross the harbour bridge at noon?", "It was's a long way \\ round."
)
MOON = Wording("月亮为什么不吃晚饭？", "因为它已经圆了。")


@pytest.fixture(autouse=True)
async def shelf(db: Database) -> None:
    entries = [joke(f"a{at}", f"An owl number {at} sat on a wall.") for at in range(40)]
    entries += [
        joke("gull", GULL.text, punchline=GULL.punchline or ""),
        joke("moon", MOON.text, language="zh", punchline=MOON.punchline or ""),
    ]
    await db.write(seeds.apply, "jokes", entries, NOW, origin="seed", prune=True)


async def send(db: Database, text: str, update_id: int = 1) -> None:
    await service.submit(db, 1, text, "en", update_id, NOW)


@pytest.mark.parametrize(
    ("wording", "language", "likeness"),
    [
        (GULL, "en", 1.0),
        (Wording("WHY did a gull cross the harbour bridge, at noon?", GULL.punchline), "en", 0.9),
        (Wording("为什么月亮不吃晚饭？", "因为它圆了！"), "zh", 0.4),
    ],
)
async def test_a_joke_in_other_words_is_found(
    db: Database, wording: Wording, language: str, likeness: float
) -> None:
    found = await db.read(service.most_like, language, wording)
    assert found is not None
    assert found.shelved
    assert found.likeness >= likeness


async def test_what_is_like_nothing_has_no_match(db: Database) -> None:
    other = Wording("Two trombones and a parrot share a taxi")
    assert await db.read(service.most_like, "en", other) is None
    assert await db.read(service.most_like, "en", Wording("'\" | & ! \\ :*")) is None


async def test_an_update_that_is_replayed_sends_one_joke(db: Database) -> None:
    for _ in range(2):
        await send(db, "Two trombones and a parrot share a taxi")
    assert await db.read(submissions.count) == 1


async def test_the_queue_goes_round_flagged_ones_first(db: Database) -> None:
    gull = await db.read(_id_of, "gull")
    await send(db, "Two trombones and a parrot share a taxi", 1)
    await send(db, "Nobody waters the plastic plants any more", 2)
    await telling.flag(db, gull, 1, NOW)
    case, total = await service.waiting(db)
    keys = []
    for _ in range(4):
        assert case is not None
        keys.append(case.key.split(".")[0])
        case, total = await service.waiting(db, case.key)
    assert keys == [f"f{gull}", "s1", "s2", f"f{gull}"]
    assert total == 3


async def test_a_joke_that_was_looked_at_needs_three_new_flags_to_hide(db: Database) -> None:
    gull = await db.read(_id_of, "gull")
    for number in (1, 2, 3):
        assert await db.read(jokes.find, gull)
        await telling.flag(db, gull, number, NOW)
    assert await db.read(jokes.find, gull) is None
    await db.write(review.keep, gull, later(1))
    assert await db.read(review.count) == 0
    assert await db.read(jokes.find, gull)
    await db.write(votes.flag, gull, 3, later(2))
    assert await db.read(review.count) == 0, "the same person again"


async def test_what_a_moderator_took_down_no_seed_brings_back(db: Database) -> None:
    gull = await db.read(_id_of, "gull")
    await telling.flag(db, gull, 1, NOW)
    case, _ = await service.waiting(db)
    assert case is not None
    await service.decide(db, case.key, "remove", 2, 5, NOW)
    await db.write(seeds.apply, "jokes", [joke("gull", "New.")], NOW, origin="seed", prune=False)
    assert await db.read(jokes.find, gull) is None


def _id_of(conn: Connection, key: str) -> int:
    found = conn.scalar(jokes.jokes.select().where(jokes.jokes.c.key == key))
    assert found is not None
    return int(found)
