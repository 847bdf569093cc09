"""An announcement's messages from one state to the next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.models.announcements import Audience
from bot.models.deliveries import Settled
from bot.models.messages import Copy
from bot.models.subscriptions import QuietHours
from bot.store import announcements, chats, outbox

if TYPE_CHECKING:
    from bot.store.database import Database

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


async def posted(db: Database) -> int:
    """To four chats, one a second."""
    one = await db.write(announcements.add, 1, Copy(1, 5), Audience(), NOW)
    assert await db.write(announcements.advance, one.id, ("draft",), "running", NOW)
    assert await db.write(announcements.post, one, "{}", NOW, 1, "UTC") == 4
    return one.id


async def test_its_messages_are_due_one_after_the_other(db: Database) -> None:
    await posted(db)
    taken = await db.write(outbox.take, NOW + timedelta(seconds=1.5), LATER, 10)
    assert len(taken) == 2


async def test_quiet_hours_hold_it_back_by_the_clock_of_each_chat(db: Database) -> None:
    quiet = QuietHours(NOW.hour, NOW.hour + 1)
    await db.write(chats.set_quiet, 1, quiet)
    await db.write(chats.set_quiet, 2, quiet)
    await db.write(chats.set_zone, 2, "Asia/Shanghai")
    await posted(db)
    taken = await db.write(outbox.take, NOW + timedelta(minutes=59), LATER, 10)
    assert sorted(each.chat_id for each in taken) == [-100, 2, 3]
    (last,) = await db.write(outbox.take, NOW + timedelta(hours=1), LATER, 10)
    assert last.chat_id == 1


async def test_its_numbers_tell_what_became_of_each(db: Database) -> None:
    number = await posted(db)
    first, second, *_ = await db.write(outbox.take, LATER, LATER, 3)
    outcomes = [Settled(first.id, "done", message_id=8), Settled(second.id, "parked")]
    await db.write(outbox.settle, outcomes, LATER)
    counted = await db.read(announcements.counts, number)
    assert counted == {("broadcast", "open"): 2, ("broadcast", "done"): 1,
                       ("broadcast", "parked"): 1}  # fmt: skip
    assert await db.write(announcements.go_on, number, ("parked",), LATER, 1, "UTC") == 1
    await db.write(announcements.hold, number)
    assert await db.write(announcements.drop, number) == 2
    assert await db.write(announcements.remove, number, LATER, 1) == 1
    [removal] = await db.write(outbox.take, LATER, LATER, 3)
    assert (removal.kind, removal.message_id, removal.payload) == ("removal", 8, None)


async def test_a_stage_is_left_once(db: Database) -> None:
    number = await posted(db)
    assert not await db.write(announcements.advance, number, ("draft",), "running", LATER)
    found = await db.read(announcements.find, number)
    assert found is not None
    assert (found.stage, found.started_at, found.source) == ("running", NOW, Copy(1, 5))
