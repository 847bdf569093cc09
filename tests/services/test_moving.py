"""What people set goes along to a bot with another token."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from bot.child import Children, houses, tasks
from bot.errors import UserError
from bot.models.jokes import JokeEntry
from bot.services import moving
from bot.store import chats, jokes, migrate, roles, seeds, subscriptions, votes
from bot.store import moving as rows
from bot.store.database import Database
from tests.store.samples import NOW

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.store.database import Connection

ADMIN = 7
AT = "2024-05-01T12:00:00+00:00"
PERSON = {"id": 5, "name": "Ann", "first_seen_at": AT, "seen_at": AT}
JOKES = [JokeEntry("a", "en", "office", "A."), JokeEntry("b", "en", "office", "B.")]


def fill(conn: Connection) -> None:
    seeds.apply(conn, "jokes", JOKES, NOW, origin="seed", prune=False)
    second = conn.scalar(select(jokes.jokes.c.id).where(jokes.jokes.c.key == "b"))
    conn.execute(votes.joke_votes.insert().values(joke_id=second, person_id=1, vote="laugh"))
    chats.set_zone(conn, 1, "Asia/Shanghai")
    conn.execute(subscriptions.subscriptions.insert().values(
        chat_id=1, shelves="jokes", topics="", times="480", weekdays="0123456",
        zone="Asia/Shanghai", next_at=NOW, number=7,
        at_least=0, else_joke=False, touched=0, created_at=NOW,
    ))  # fmt: skip


@pytest.fixture
async def other(tmp_path: Path) -> AsyncIterator[Database]:
    """Another bot's, which has the same jokes under other numbers, and has met nobody."""
    fresh = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/other.db")
    await migrate.upgrade(fresh)
    turned = list(reversed(JOKES))
    await fresh.write(seeds.apply, "jokes", turned, NOW, origin="seed", prune=False)
    yield fresh
    await fresh.close()


async def test_subscriptions_zones_and_votes_come_along_once(db: Database, other: Database) -> None:
    await db.write(fill)
    file = await moving.pack(db)
    assert moving.is_house(file.content)
    house = houses.read(file.content)
    assert moving.counts(house)["subscriptions"] == 1
    added = await moving.take_in(other, house, None, 1, NOW)
    assert (added["chats"], added["subscriptions"], added["joke_votes"]) == (4, 1, 1)
    assert await other.read(chats.zone, 1) == "Asia/Shanghai"
    told = select(jokes.jokes.c.key).join(votes.joke_votes)
    assert await other.read(lambda conn: conn.scalar(told)) == "b"
    before, after = await db.read(rows.dump), await other.read(rows.dump)
    assert {name: before[name] for name in before} == after
    assert set((await moving.take_in(other, house, None, 2, NOW)).values()) == {0}


async def test_what_an_older_bot_did_not_know_is_as_if_nobody_had_set_it(
    db: Database, other: Database
) -> None:
    await db.write(chats.set_bare_report, -100, True)
    house = await db.read(rows.dump)
    assert await other.write(rows.load, house)
    assert (await other.read(rows.dump))["chats"][0]["bare_report"]
    for chat in house["chats"]:
        chat["id"] += 1000
        del chat["bare_report"]
    assert (await other.write(rows.load, house))["chats"] == 4


async def test_the_audit_says_who_took_a_house_in_unless_it_was_the_command_line(
    other: Database,
) -> None:
    told = select(roles.audit.c.what, roles.audit.c.person_id)
    for by, lines in ((None, []), (ADMIN, [("move", ADMIN)])):
        await moving.take_in(other, {"people": [PERSON]}, by, 5, NOW)
        assert await other.read(lambda conn: [tuple(row) for row in conn.execute(told)]) == lines


async def test_what_is_set_here_already_stays(db: Database, other: Database) -> None:
    await db.write(fill)
    house = houses.read((await moving.pack(db)).content)
    await moving.take_in(other, house, None, 1, NOW)
    await other.write(chats.set_zone, 1, "Europe/Berlin")
    await moving.take_in(other, house, None, 2, NOW)
    assert await other.read(chats.zone, 1) == "Europe/Berlin"
    many = select(func.count()).select_from(subscriptions.subscriptions)
    assert await other.read(lambda conn: conn.scalar(many)) == 1


@pytest.mark.parametrize(
    "broken",
    [
        {"quipwire-people": 2}, {"quipwire-people": 1, "chats": [5]},
        {"quipwire-people": 1, "chats": [{"id": 1, "first_seen_at": "yesterday"}]},
        {"quipwire-people": 1, "chats": [{"id": 1}]},
        {"quipwire-people": 1, "interests": [{"chat_id": 5}]},
        {"quipwire-people": 1, "people": [PERSON | {"id": 10**30}]},
        {"quipwire-people": 1, "people": [PERSON | {"id": "me"}]},
        {"quipwire-people": 1, "people": [PERSON | {"name": ["Ann"]}]},
        {"quipwire-people": 1, "people": [PERSON | {"language_code": 5}]},
        {"quipwire-people": 1, "bans": [{"person_id": 5, "banned_by": "me", "banned_at": AT}]},
        {"quipwire-people": 1, "joke_votes": [{"key": "a", "person_id": "me", "vote": "laugh"}]},
        {"quipwire-people": 1, "people": [PERSON | {"seen_at": "2024-05-01T12:00:00"}]},
        {"quipwire-people": 1, "people": [PERSON | {"seen_at": 5}]},
        {"quipwire-people": 1, "people": {"id": 5}},
        {"quipwire-people": 1, "people": 5},
    ],
)  # fmt: skip
async def test_a_damaged_file_changes_nothing(other: Database, broken: dict[str, object]) -> None:
    data = json.dumps(broken).encode()
    assert moving.is_house(data)
    with pytest.raises(UserError, match="nothing was changed"):
        await moving.take_in(other, houses.read(data), None, 1, NOW)
    assert not (await other.read(rows.dump))["chats"]


async def test_a_sound_one_comes_in(other: Database) -> None:
    sound = json.dumps({"quipwire-people": 1, "people": [PERSON]}).encode()
    assert (await moving.take_in(other, houses.read(sound), None, 1, NOW))["people"] == 1


def interrupted(data: bytes) -> houses.House:
    raise MemoryError(len(data))


async def test_a_stranger_s_file_is_read_in_a_worker_that_may_fail_on_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deep = b'{"quipwire-people": 1, "people": ' + b"[" * 100_000
    async with Children(workers=1) as children:
        sound = await moving.read(children, b'{"quipwire-people": 1, "people": [{}]}')
        assert moving.counts(sound) == {"people": 1}
        for broken in (deep, b'{"quipwire-people"', b"[5]", b"\xff"):
            with pytest.raises(UserError, match="damaged or of a newer"):
                await moving.read(children, broken)
        monkeypatch.setattr(tasks, "read_house", interrupted)
        with pytest.raises(UserError, match="needs more memory than allowed"):
            await moving.read(children, b"{}")
