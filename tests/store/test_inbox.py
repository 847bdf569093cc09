"""An update stands in the inbox once, until it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.store import inbox
from tests.store.samples import NOW, later

if TYPE_CHECKING:
    from bot.store.database import Connection, Database

BOT, OTHER_BOT = 7, 8


def payloads(conn: Connection) -> dict[int, str | None]:
    rows = conn.execute(select(inbox.inbox.c.update_id, inbox.inbox.c.payload))
    return dict(rows.all())


async def test_a_batch_is_kept_and_comes_back_oldest_first(db: Database) -> None:
    assert await db.write(inbox.add, BOT, [(5, 1, '{"a":1}'), (4, None, "{}")], NOW) == [4, 5]
    assert await db.write(inbox.add, BOT, [(1, 1, "后来")], later(1)) == [1]
    assert await db.read(inbox.pending, BOT) == [(4, "{}"), (5, '{"a":1}'), (1, "后来")]


async def test_what_came_before_is_not_new(db: Database) -> None:
    await db.write(inbox.add, BOT, [(1, 1, "first"), (2, 1, "second")], NOW)
    assert await db.write(inbox.add, BOT, [(2, 1, "again"), (3, 1, "third")], later(1)) == [3]
    assert await db.read(inbox.pending, BOT) == [(1, "first"), (2, "second"), (3, "third")]


async def test_an_update_twice_in_one_batch_is_one(db: Database) -> None:
    assert await db.write(inbox.add, BOT, [(1, 1, "one"), (1, 1, "two")], NOW) == [1]
    assert await db.read(inbox.pending, BOT) == [(1, "one")]


async def test_what_is_done_is_not_pending_and_its_text_is_gone(db: Database) -> None:
    await db.write(inbox.add, BOT, [(1, 1, "private"), (2, 1, "words")], NOW)
    await db.write(inbox.mark_done, BOT, [1], later(1))
    assert await db.read(inbox.pending, BOT) == [(2, "words")]
    assert await db.read(payloads) == {1: None, 2: "words"}
    assert await db.write(inbox.add, BOT, [(1, 1, "private")], later(2)) == []


async def test_done_rows_go_after_their_time_and_others_stay(db: Database) -> None:
    await db.write(inbox.add, BOT, [(number, 1, "x") for number in (1, 2, 3)], NOW)
    await db.write(inbox.mark_done, BOT, [1], later(10))
    await db.write(inbox.mark_done, BOT, [2], later(20))
    assert await db.write(inbox.purge, later(20)) == 1
    assert await db.write(inbox.purge, later(20)) == 0
    assert await db.read(payloads) == {2: None, 3: "x"}


async def test_two_bots_do_not_mix(db: Database) -> None:
    await db.write(inbox.add, BOT, [(1, 1, "mine")], NOW)
    assert await db.write(inbox.add, OTHER_BOT, [(1, 1, "yours")], NOW) == [1]
    await db.write(inbox.mark_done, BOT, [1], NOW)
    assert await db.read(inbox.pending, OTHER_BOT) == [(1, "yours")]


async def test_empty_batches_are_nothing(db: Database) -> None:
    assert await db.write(inbox.add, BOT, [], NOW) == []
    await db.write(inbox.mark_done, BOT, [], NOW)
    assert await db.read(inbox.pending, BOT) == []


async def test_a_flood_of_huge_updates_fits(db: Database) -> None:
    batch = [(number, -(10**13) - number, "😂" * 10_000) for number in range(2_000)]
    assert await db.write(inbox.add, 2**40, batch, NOW) == list(range(2_000))
    await db.write(inbox.mark_done, 2**40, list(range(1_999)), NOW)
    assert await db.read(inbox.pending, 2**40) == [(1_999, "😂" * 10_000)]
