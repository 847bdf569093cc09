"""The numbers, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.models.stats import Voted
from bot.services import jokes, stats
from bot.store import chats, outbox, seeds
from tests.store.samples import NOW, chat, joke, later, person

if TYPE_CHECKING:
    from bot.store.database import Database

DAY = timedelta(days=1)


async def test_people_are_counted_by_the_day_they_were_met(db: Database) -> None:
    await db.write(chats.remember, chat(9), person(9), NOW + DAY)
    found = await stats.collect(db, NOW + DAY)
    assert found.people[-3:] == (0, 3, 4)
    assert found.days[-1] == (NOW + DAY).date()
    assert found.groups == 1
    assert found.subscriptions[-1] == 0


async def test_deliveries_are_counted_by_the_hour_with_their_delay(db: Database) -> None:
    for number, late in enumerate((2, 4, 3600)):
        row = {"key": str(number), "kind": "notice", "chat_id": 1, "day": NOW.date(),
               "due_at": NOW, "not_before": NOW, "state": "done", "message_id": 5,
               "settled_at": later(late)}  # fmt: skip
        await db.write(outbox.post, [row])
    first, second = (await stats.collect(db, later(4000))).hours
    assert (first.at, first.sent, second.sent) == (NOW, 2, 1)
    assert first.mean == pytest.approx(3, abs=0.01)
    assert second.longest == pytest.approx(3600, abs=0.01)


async def test_a_joke_that_many_like_stands_before_one_that_one_person_likes(
    db: Database,
) -> None:
    await db.write(seeds.apply, "jokes", [joke("a"), joke("b")], NOW, origin="seed", prune=True)
    await jokes.vote(db, 1, 1, "laugh")
    for number in (1, 2, 3):
        await jokes.vote(db, 2, number, "laugh")
    assert [each.id for each in (await stats.collect(db, NOW)).jokes] == [2, 1]


def test_wilson_s_bound_is_the_one_of_the_books() -> None:
    assert Voted(1, "", 9, 10).liked == pytest.approx(0.5958, abs=1e-3)
    assert Voted(1, "", 0, 5).liked == pytest.approx(0, abs=1e-9)
