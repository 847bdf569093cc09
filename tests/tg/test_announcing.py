"""One message to many chats, with a hand on it all the way."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.errors import UserError
from bot.models.announcements import Announcement, Audience
from bot.models.messages import Copy
from bot.services import announcements
from bot.store import chats
from tests.tg.fanout import fan_out, subscribe, subscribed, texts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.playground import Person, Playground
    from bot.store.database import Database
    from tests.tg.fanout import FanOut

PER_SECOND = 1_000
NEWS = "We have a new shelf."


@pytest.fixture
async def out(telegram: Playground, db: Database) -> AsyncIterator[FanOut]:
    async with fan_out(telegram, db) as made:
        made.clock.turn(hours=-1)
        yield made


async def drafted(out: FanOut, whom: Audience | None = None) -> tuple[Announcement, list[Person]]:
    """What an admin wrote, and ten people."""
    people = await subscribed(out.telegram, out.db, 10)
    written = await people[0].send(NEWS)
    source = Copy(written.chat_id, written.id)
    now = out.clock()
    one = await announcements.draft(out.db, people[0].id, source, whom or Audience(), now)
    return one, people


async def started(out: FanOut) -> tuple[Announcement, list[Person]]:
    one, people = await drafted(out)
    await announcements.start(out.db, one, out.clock(), PER_SECOND)
    out.clock.turn(minutes=1)
    return one, people


async def numbers(out: FanOut, one: Announcement) -> dict[str, int]:
    """Its progress, without what is nought."""
    got = await announcements.progress(out.db, one, PER_SECOND)
    names = ("open", "sent", "failed", "unknown", "deleted")
    return {name: getattr(got, name) for name in names if getattr(got, name)}


async def test_an_announcement_reaches_everybody_once_and_is_not_started_twice(out: FanOut) -> None:
    one, people = await drafted(out)
    assert await announcements.reach(out.db, one.audience) == 10
    assert await announcements.start(out.db, one, out.clock(), PER_SECOND) == 10
    with pytest.raises(UserError):
        await announcements.start(out.db, one, out.clock(), PER_SECOND)
    assert await numbers(out, one) == {"open": 10}
    out.clock.turn(minutes=1)
    await out.tick()
    assert out.heard() == {NEWS: len(people)}
    assert await numbers(out, one) == {"sent": 10}


@pytest.mark.parametrize(
    ("audience", "number"),
    [
        (Audience(), 12),
        (Audience("people"), 10),
        (Audience("groups"), 2),
        (Audience("all", "zh"), 1),
        (Audience("people", "zh"), 0),
        (Audience("subscribers"), 12),
    ],
)
async def test_whom_it_goes_to(out: FanOut, audience: Audience, number: int) -> None:
    await drafted(out)
    await out.db.write(subscribe, [-7, -8])
    await out.db.write(chats.set_language, -7, "zh")
    assert await announcements.reach(out.db, audience) == number


async def test_who_blocked_the_bot_is_not_counted(out: FanOut) -> None:
    one, people = await drafted(out)
    await out.db.write(chats.pause, people[3].id, out.clock())
    assert await announcements.reach(out.db, one.audience) == 9


async def test_it_is_paused_resumed_and_cancelled(out: FanOut) -> None:
    one, _ = await started(out)
    await announcements.pause(out.db, one, out.clock())
    await out.tick()
    assert not out.heard()
    with pytest.raises(UserError):
        await announcements.pause(out.db, one, out.clock())
    await announcements.resume(out.db, one, out.clock(), per_second=1)
    out.clock.turn(seconds=3.5)
    await out.tick()
    assert await numbers(out, one) == {"open": 6, "sent": 4}
    await announcements.cancel(out.db, one, out.clock())
    out.clock.turn(minutes=10)
    await out.tick()
    assert await numbers(out, one) == {"sent": 4}
    assert out.heard() == {NEWS: 4}


async def test_what_was_sent_is_deleted_again(out: FanOut) -> None:
    one, people = await started(out)
    people[2].block()
    await out.tick()
    people[2].unblock()
    assert await numbers(out, one) == {"sent": 9, "failed": 1}
    out.telegram.faults.drop("deleteMessage", times=2, accepted=True)
    await announcements.retract(out.db, one, out.clock(), PER_SECOND)
    await out.tick_until_settled()
    assert await numbers(out, one) == {"deleted": 9, "failed": 1}
    assert not out.heard()


async def test_what_was_deleted_before_it_went_out_is_not_tried_with_everybody(
    out: FanOut,
) -> None:
    one, _ = await drafted(out)
    await announcements.start(out.db, one, out.clock(), per_second=1)
    gone = "Bad Request: message to copy not found"
    out.telegram.faults.answer("copyMessage", 400, times=100, description=gone)
    await out.tick()
    assert await numbers(out, one) == {"failed": 10}
    assert len(out.telegram.calls_of("copyMessage")) == 1


async def test_after_two_days_telegram_deletes_nothing(out: FanOut) -> None:
    one, people = await started(out)
    found = await announcements.find(out.db, one.id, people[0].id)
    with pytest.raises(UserError, match="48 hours"):
        await announcements.retract(out.db, found, out.clock() + timedelta(hours=48), PER_SECOND)


async def test_what_may_have_arrived_waits_for_the_admin_s_word(out: FanOut) -> None:
    one, _ = await started(out)
    out.telegram.faults.drop("copyMessage", times=2)
    await out.tick_until_settled()
    assert await numbers(out, one) == {"sent": 8, "unknown": 2}
    assert await announcements.send_unknown(out.db, one, out.clock(), PER_SECOND) == 2
    out.clock.turn(minutes=1)
    await out.tick()
    assert await numbers(out, one) == {"sent": 10}
    assert out.heard() == {NEWS: 10}


async def test_a_digest_that_becomes_due_does_not_wait_behind_it(out: FanOut) -> None:
    one, people = await drafted(out)
    out.clock.turn(hours=1)
    await announcements.start(out.db, one, out.clock(), per_second=1)
    out.clock.turn(seconds=2)
    await out.tick()
    assert out.heard() == texts(people) + Counter({NEWS: 3})


async def test_it_is_another_admin_s_business(out: FanOut) -> None:
    one, people = await drafted(out)
    assert await announcements.find(out.db, one.id, people[0].id) == one
    with pytest.raises(UserError):
        await announcements.find(out.db, one.id, people[1].id)
