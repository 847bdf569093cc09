"""People as admins look them up, and bans."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.store import bans, chats, people, roles
from tests.store.samples import NOW, chat, person

if TYPE_CHECKING:
    from bot.store.database import Connection, Database


def met(conn: Connection) -> None:
    for number, name in enumerate(("Ann", "100%", "Élodie", "李雷"), 1):
        chats.remember(
            conn, chat(number), replace(person(number), name=name), NOW + timedelta(number)
        )
    roles.grant(conn, 1, "editor", NOW)
    bans.add(conn, 2, 1, NOW)
    bans.add(conn, 99, 1, NOW)
    bans.add(conn, 99, 7, NOW + timedelta(1))


async def ids(db: Database, kind: str, word: str = "", offset: int = 0) -> list[int]:
    found, _ = await db.read(people.page, kind, word, (3,), offset, 8)  # type: ignore[arg-type]
    return [one.id for one in found]


async def test_they_are_found_by_name_id_role_and_ban(db: Database) -> None:
    await db.write(met)
    assert await ids(db, "all") == [4, 3, 2, 1, 99]
    assert await ids(db, "all", offset=3) == [1, 99]
    assert await ids(db, "team") == [3, 1]
    assert await ids(db, "banned") == [2, 99]
    assert await ids(db, "all", "an") == [1]
    assert await ids(db, "all", "%") == [2]
    assert await ids(db, "all", "99") == [99]
    assert await ids(db, "all", "élo") == [3]
    assert await ids(db, "all", "雷") == [4]


async def test_a_ban_keeps_its_first_day_and_is_taken_back(db: Database) -> None:
    await db.write(met)
    found = await db.read(people.find, 99)
    assert found is not None
    assert (found.name, found.banned_by, found.banned_at) == (None, 1, NOW)
    await db.write(bans.drop, 99)
    assert await db.read(people.find, 99) is None
    assert await db.read(bans.everybody) == {2}
