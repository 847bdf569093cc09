"""All that is kept of a chat and a person is shown, and goes, and nothing of others does."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from bot.models.interests import Interest
from bot.models.saved import Target
from bot.models.subscriptions import EVERY_DAY, SHELVES, Plan, Schedule
from bot.store import chats, claims, interests, saved, seeds, subscriptions, tellings, traces, votes
from tests.store.samples import NOW, chat, joke, later, person

if TYPE_CHECKING:
    from bot.store.database import Connection, Database

PLAN = Plan(SHELVES, (), Schedule((time(8),), EVERY_DAY, "UTC"))


async def live(db: Database, number: int) -> None:
    """One subscribes, follows, hears a joke, votes on it, and a digest waits."""

    def work(conn: Connection) -> None:
        chats.remember(conn, chat(number), person(number), NOW)
        subscriptions.add(conn, number, None, PLAN, number, NOW)
        interests.put(conn, number, Interest("follow", "word", "moon"), NOW)
        told = tellings.tell(conn, number, "en", word=None, update_id=number, now=NOW)
        assert told is not None
        votes.vote(conn, told.joke.id, number, "laugh")
        saved.add(conn, number, Target("joke", told.joke.id, "Joke a."), number, NOW)
        claims.claim(conn, later(86400), 10)

    await db.write(work)


async def test_everything_of_one_is_shown_and_forgotten_and_the_other_keeps_all(
    db: Database,
) -> None:
    await db.write(seeds.apply, "jokes", [joke("a")], NOW, origin="seed", prune=True)
    await live(db, 1)
    await live(db, 2)
    shown = await db.read(traces.export, 1, 1)
    assert set(shown) == {
        "chats", "people", "subscriptions", "outbox", "interests", "tellings", "joke_votes",
        "saved",
    }  # fmt: skip
    assert shown["interests"][0]["name"] == "moon"
    before = await db.read(traces.export, 2, 2)
    await db.write(traces.forget, 1, 1)
    assert await db.read(traces.export, 1, 1) == {}
    assert await db.read(traces.export, 2, 2) == before


async def test_a_group_is_forgotten_without_the_person_who_asked(db: Database) -> None:
    await db.write(chats.remember, chat(-5, kind="group"), person(1), NOW)
    await db.write(interests.put, -5, Interest("mute", "word", "war"), NOW)
    await db.write(traces.forget, -5, None)
    assert await db.read(traces.export, -5, None) == {}
    assert set(await db.read(traces.export, -5, 1)) == {"people"}


async def test_of_nobody_there_is_nothing(db: Database) -> None:
    assert await db.read(traces.export, 77, 77) == {}
    await db.write(traces.forget, 77, 77)
