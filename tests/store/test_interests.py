"""What chats follow and mute, on both databases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.models.interests import Interest
from bot.store import chats, interests
from tests.store.samples import NOW, chat, later

if TYPE_CHECKING:
    from bot.store.database import Database

WAR = Interest("mute", "word", "War")
SKY = Interest("follow", "source", "The Sky")


@pytest.fixture(autouse=True)
async def known(db: Database) -> None:
    for number in (1, 2):
        await db.write(chats.remember, chat(number), None, NOW)


async def of(db: Database, chat_id: int = 1, seconds: float = 0) -> list[Interest]:
    found = await db.read(interests.of, chat_id, later(seconds))
    return [replace(each, id=0) for each in found]


async def test_each_chat_has_its_own(db: Database) -> None:
    for each in (WAR, SKY):
        await db.write(interests.put, 1, each, NOW)
    assert await of(db) == [WAR, SKY]
    assert await of(db, 2) == []
    assert await db.read(interests.count, 1) == 2


async def test_the_last_word_counts_whatever_its_case(db: Database) -> None:
    await db.write(interests.put, 1, WAR, NOW)
    for kind in ("follow", "mute"):
        said = Interest(kind, "word", "WAR")
        await db.write(interests.put, 1, said, NOW)
        assert await of(db) == [said]


async def test_what_is_muted_for_a_while_is_followed_again_after_it(db: Database) -> None:
    follow = Interest("follow", "word", "war")
    mute = Interest("mute", "word", "War", until=later(60))
    await db.write(interests.put, 1, follow, NOW)
    await db.write(interests.put, 1, mute, NOW)
    assert await of(db) == [follow, mute]
    assert await of(db, seconds=60) == [follow]
    await db.write(interests.put, 1, replace(mute, until=None), NOW)
    assert await of(db) == [replace(mute, until=None)]
    await db.write(interests.put, 1, follow, NOW)
    assert await of(db) == [follow]


async def test_what_is_for_some_days_ends_by_itself(db: Database) -> None:
    await db.write(interests.put, 1, replace(WAR, until=later(60)), NOW)
    await db.write(interests.put, 1, SKY, NOW)
    assert len(await of(db, seconds=59)) == 2
    assert await of(db, seconds=60) == [SKY]
    await db.write(interests.purge, later(60))
    assert await db.read(interests.count, 1) == 1


async def test_only_the_chat_itself_ends_one_and_once(db: Database) -> None:
    kept = await db.write(interests.put, 1, WAR, NOW)
    assert await db.write(interests.drop, 2, kept.id) is None
    assert await db.write(interests.drop, 1, kept.id) == kept
    assert await db.write(interests.drop, 1, kept.id) is None


async def test_they_move_with_a_group_that_became_a_supergroup(db: Database) -> None:
    await db.write(interests.put, 1, WAR, NOW)
    await db.write(interests.put, 2, replace(WAR, name="war"), NOW)
    await db.write(interests.put, 1, SKY, NOW)
    await db.write(chats.migrate_chat, 1, 2)
    assert sorted(each.name for each in await of(db, 2)) == ["The Sky", "war"]
    assert await of(db, 1) == []


@pytest.mark.parametrize("name", ["汉" * 10, "😀", "\0x", "a:b", "%_/", "'; DROP TABLE interests"])
async def test_any_word_is_kept(db: Database, name: str) -> None:
    await db.write(interests.put, 1, Interest("follow", "word", name), NOW)
    assert [each.name for each in await of(db)] == [name.replace("\0", "")]
