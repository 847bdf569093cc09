"""Chats and people are remembered, let in, paused and moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bot.models.chats import Chat, Person
from bot.store import chats, inbox, seeds, tables, tellings, votes
from tests.store.samples import NOW, chat, joke, later, person

if TYPE_CHECKING:
    from bot.store.database import Connection, Database

GROUP, SUPERGROUP = -100, -1001234567890123


def row(conn: Connection, chat_id: int) -> dict[str, Any] | None:
    found = conn.execute(select(chats.chats).where(chats.chats.c.id == chat_id))
    stored = found.mappings().one_or_none()
    return dict(stored) if stored is not None else None


def ids_of(conn: Connection, table: str) -> set[int]:
    return set(conn.scalars(select(tables.metadata.tables[table].c.chat_id)))


async def test_a_new_chat_takes_the_language_it_comes_with(db: Database) -> None:
    met = await db.write(chats.remember, Chat(9, "private", "Ann", "zh"), person(9), NOW)
    assert met == Chat(9, "private", "Ann", "zh")


async def test_a_known_chat_keeps_its_language_and_follows_its_title(db: Database) -> None:
    await db.write(chats.set_language, 1, "zh")
    met = await db.write(chats.remember, Chat(1, "private", "新名字 😀", "en"), None, later(5))
    assert met == Chat(1, "private", "新名字 😀", "zh")
    stored = await db.read(row, 1)
    assert stored is not None
    assert (stored["first_seen_at"], stored["seen_at"]) == (NOW, later(5))


async def test_strange_names_do_no_harm(db: Database) -> None:
    nul = await db.write(chats.remember, Chat(9, "group", "a\0b\ud83d", "en"), None, NOW)
    assert nul.title == "ab\ufffd"
    await db.write(chats.remember, chat(9), Person(9, "", None), NOW)
    await db.write(chats.remember, chat(9), Person(9, "长" * 10_000, "zh-hans"), NOW)


async def test_nobody_is_admitted_until_an_admin_says_so(db: Database) -> None:
    assert not await db.read(chats.is_admitted, 1, 1)
    assert await db.write(chats.admit_person, 1, NOW)
    assert await db.read(chats.is_admitted, 1, 1)
    assert await db.read(chats.is_admitted, GROUP, 1)
    assert not await db.read(chats.is_admitted, GROUP, 2)
    assert not await db.read(chats.is_admitted, GROUP, None)


async def test_all_of_an_admitted_group_are_in_there_and_only_there(db: Database) -> None:
    assert await db.write(chats.admit_chat, GROUP, NOW)
    assert await db.read(chats.is_admitted, GROUP, 2)
    assert await db.read(chats.is_admitted, GROUP, None)
    assert not await db.read(chats.is_admitted, 2, 2)


async def test_strangers_cannot_be_admitted(db: Database) -> None:
    assert not await db.write(chats.admit_chat, 404, NOW)
    assert not await db.write(chats.admit_person, 404, NOW)


async def test_being_remembered_again_takes_no_right_away(db: Database) -> None:
    await db.write(chats.admit_person, 1, NOW)
    await db.write(chats.admit_chat, 1, NOW)
    await db.write(chats.remember, chat(1), person(1), later(1))
    assert await db.read(chats.is_admitted, 1, 1)


async def test_an_invitation_lets_one_person_in(db: Database) -> None:
    await db.write(chats.add_invite, "hash", 1, later(3600))
    assert await db.write(chats.use_invite, "hash", 2, NOW)
    assert await db.read(chats.is_admitted, 2, 2)
    assert not await db.write(chats.use_invite, "hash", 3, NOW)
    assert not await db.read(chats.is_admitted, 3, 3)


async def test_a_replayed_invitation_is_still_good_for_whom_it_let_in(db: Database) -> None:
    await db.write(chats.add_invite, "hash", 1, later(3600))
    assert await db.write(chats.use_invite, "hash", 2, NOW)
    assert await db.write(chats.use_invite, "hash", 2, NOW)


async def test_an_expired_or_unknown_invitation_lets_nobody_in(db: Database) -> None:
    await db.write(chats.add_invite, "hash", 1, later(3600))
    assert not await db.write(chats.use_invite, "hash", 2, later(3600))
    assert not await db.write(chats.use_invite, "guess", 2, NOW)
    assert not await db.read(chats.is_admitted, 2, 2)


async def test_a_paused_chat_keeps_everything_and_comes_back(db: Database) -> None:
    await db.write(chats.set_language, 1, "zh")
    await db.write(chats.pause, 1, later(1))
    await db.write(chats.pause, 1, later(2))
    paused = await db.read(row, 1)
    assert paused is not None
    assert (paused["paused_at"], paused["language"]) == (later(1), "zh")
    await db.write(chats.resume, 1)
    resumed = await db.read(row, 1)
    assert resumed is not None
    assert resumed["paused_at"] is None


async def settle_in(db: Database) -> None:
    """The group heard all jokes twice, chose a language and waits for an answer."""
    entries = [joke("j1"), joke("j2")]
    await db.write(seeds.apply, "jokes", entries, NOW, origin="seed", prune=True)
    await db.write(chats.set_language, GROUP, "zh")
    await db.write(chats.admit_chat, GROUP, NOW)
    for number in range(4):
        at = later(number)
        await db.write(tellings.tell, GROUP, "en", word=None, update_id=number, now=at)
    await db.write(inbox.add, 7, [(10, GROUP, "{}")], NOW)


async def test_a_group_that_becomes_a_supergroup_takes_everything_along(db: Database) -> None:
    await settle_in(db)
    old = await db.read(row, GROUP)
    assert old is not None
    await db.write(chats.migrate_chat, GROUP, SUPERGROUP)
    assert await db.read(row, SUPERGROUP) == {**old, "id": SUPERGROUP, "kind": "supergroup"}
    assert await db.read(row, GROUP) is None
    for table in ("tellings", "joke_rounds", "inbox"):
        assert await db.read(ids_of, table) == {SUPERGROUP}, table


async def test_moving_twice_is_moving_once(db: Database) -> None:
    await settle_in(db)
    await db.write(chats.migrate_chat, GROUP, SUPERGROUP)
    once = await db.read(row, SUPERGROUP)
    await db.write(chats.migrate_chat, GROUP, SUPERGROUP)
    assert await db.read(row, SUPERGROUP) == once
    assert await db.read(ids_of, "tellings") == {SUPERGROUP}


async def test_what_is_heard_of_a_group_after_its_move_changes_nothing(db: Database) -> None:
    await settle_in(db)
    await db.write(chats.migrate_chat, GROUP, SUPERGROUP)
    once = await db.read(row, SUPERGROUP)
    await db.write(chats.remember, chat(GROUP, kind="group"), None, later(50))
    await db.write(chats.migrate_chat, GROUP, SUPERGROUP)
    assert await db.read(row, SUPERGROUP) == once
    assert await db.read(row, GROUP) is None


async def test_a_supergroup_met_before_it_was_moved_keeps_both_histories(db: Database) -> None:
    await settle_in(db)
    await db.write(chats.remember, chat(SUPERGROUP, kind="supergroup"), None, later(50))
    await db.write(tellings.tell, SUPERGROUP, "en", word=None, update_id=99, now=later(50))
    await db.write(chats.migrate_chat, GROUP, SUPERGROUP)
    stored = await db.read(row, SUPERGROUP)
    assert stored is not None
    assert (stored["language"], stored["seen_at"]) == ("zh", later(50))
    assert stored["admitted_at"] == NOW
    assert await db.read(ids_of, "tellings") == {SUPERGROUP}
    again = await db.write(tellings.tell, SUPERGROUP, "en", word=None, update_id=99, now=later(60))
    assert again is not None


async def test_an_unknown_group_can_be_moved_too(db: Database) -> None:
    await db.write(chats.migrate_chat, -404, SUPERGROUP)
    assert await db.read(row, SUPERGROUP) is None


async def test_other_chats_stay_where_they_are(db: Database) -> None:
    await settle_in(db)
    await db.write(tellings.tell, 1, "en", word=None, update_id=50, now=NOW)
    await db.write(chats.migrate_chat, GROUP, SUPERGROUP)
    assert await db.read(ids_of, "tellings") == {1, SUPERGROUP}


def test_every_column_about_a_chat_is_moved() -> None:
    """Names that end in chat_id without being one of these would be forgotten."""
    moved = {f"{table.name}.{column.name}" for table, column in chats._columns_of_chats()}
    named = {
        f"{table.name}.{column.name}"
        for table in tables.metadata.tables.values()
        for column in table.c
        if "chat" in column.name
    }
    assert named <= moved
    assert {"inbox.chat_id", "tellings.chat_id", "joke_rounds.chat_id"} <= moved


async def test_forgetting_a_person_or_chat_takes_its_rows_along(db: Database) -> None:
    await settle_in(db)
    await db.write(votes.vote, 1, 2, "laugh")
    await db.write(votes.flag, 1, 2, NOW)

    def forget(conn: Connection) -> None:
        conn.execute(chats.people.delete().where(chats.people.c.id == 2))
        conn.execute(chats.chats.delete().where(chats.chats.c.id == GROUP))

    await db.write(forget)
    assert await db.read(votes.counts, 1) == (0, 0)
    assert await db.read(ids_of, "tellings") == set()


async def test_what_expired_of_invitations_goes(db: Database) -> None:
    await db.write(chats.add_invite, "hash", 1, later(3600))
    await db.write(chats.purge_invites, later(3599))
    assert await db.write(chats.use_invite, "hash", 2, NOW)
    await db.write(chats.purge_invites, later(3600))
    assert not await db.write(chats.use_invite, "hash", 2, NOW)
