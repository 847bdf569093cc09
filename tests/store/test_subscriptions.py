"""Due digests are claimed once, posted once, and come once however long the bot was away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.models.deliveries import Settled
from bot.models.subscriptions import EVERY_DAY, Plan, QuietHours, Schedule
from bot.store import chats, claims, outbox, subscriptions
from bot.store.outbox import outbox as table
from tests.store.samples import chat

if TYPE_CHECKING:
    from bot.models.deliveries import Delivery
    from bot.store.database import Connection, Database

# 10:00 in Berlin, on a Wednesday.
NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def plan(*hours: int, weekdays: tuple[int, ...] = EVERY_DAY, zone: str = "Europe/Berlin") -> Plan:
    schedule = Schedule(tuple(time(hour) for hour in hours or (8,)), weekdays, zone)
    return Plan(("headlines", "jokes"), ("science",), schedule)


async def subscribed(db: Database, chat_id: int = 1, *hours: int) -> int:
    kept = await db.write(subscriptions.add, chat_id, None, plan(*hours), chat_id, NOW)
    return kept.id


async def claimed(db: Database, now: datetime) -> int:
    return await db.write(claims.claim, now, 500)


def rows(conn: Connection) -> list[tuple[str, str]]:
    found = conn.execute(table.select().order_by(table.c.id))
    return [(row.key.split("/", 1)[1], row.state) for row in found]


async def posted(db: Database) -> list[str]:
    return [key for key, _ in await db.read(rows)]


async def taken(db: Database, now: datetime) -> list[Delivery]:
    return await db.write(outbox.take, now, now + HOUR, 100)


async def went_out(db: Database, now: datetime) -> None:
    done = [Settled(each.id, "done") for each in await taken(db, now)]
    await db.write(outbox.settle, done, now)


async def test_the_first_digest_is_due_at_the_next_local_time(db: Database) -> None:
    kept = await db.write(subscriptions.add, 1, 7, plan(8), 1, NOW)
    assert kept.next_at == datetime(2024, 5, 2, 6, tzinfo=UTC)
    assert await db.read(subscriptions.of_chat, 1) == [kept]
    assert await db.read(subscriptions.next_of_chat, 1) == kept.next_at
    assert await claimed(db, kept.next_at - timedelta(seconds=1)) == 0


async def test_a_due_digest_is_posted_once_and_its_next_time_is_set(db: Database) -> None:
    number = await subscribed(db)
    due = datetime(2024, 5, 2, 6, tzinfo=UTC)
    assert [await claimed(db, due) for _ in range(3)] == [1, 0, 0]
    assert await posted(db) == ["2024-05-02/480/0"]
    kept = await db.read(subscriptions.find, number)
    assert kept is not None
    assert kept.next_at == due + DAY
    [delivery] = await db.write(outbox.take, due, due + HOUR, 10)
    assert delivery.digest is not None
    assert (delivery.chat_id, delivery.due_at, delivery.day) == (1, due, date(2024, 5, 2))
    assert (delivery.digest.topics, delivery.digest.late) == (("science",), False)
    assert delivery.digest.since == due - DAY


@pytest.mark.parametrize("away", [HOUR, DAY, 7 * DAY])
async def test_what_was_missed_comes_once_merged_and_marked_late(
    db: Database, away: timedelta
) -> None:
    await subscribed(db, 1, 8, 20)
    first = datetime(2024, 5, 2, 6, tzinfo=UTC)
    await claimed(db, first)
    again = first + 13 * HOUR + away
    assert [await claimed(db, again), await claimed(db, again)] == [1, 0]
    assert len(await posted(db)) == 2
    [late] = await db.write(outbox.take, again, again + HOUR, 10)
    assert late.digest is not None
    assert late.digest.late
    assert late.digest.since == first - DAY
    following = await db.read(subscriptions.next_of_chat, 1)
    assert following is not None
    assert again < following <= again + 12 * HOUR


async def test_a_clock_that_jumps_back_sends_nothing_twice(db: Database) -> None:
    await subscribed(db)
    due = datetime(2024, 5, 2, 6, tzinfo=UTC)
    await claimed(db, due + 3 * DAY)
    assert await claimed(db, due) == 0
    assert await claimed(db, due + 3 * DAY) == 0
    assert len(await posted(db)) == 1


async def test_those_that_ended_in_one_moment_are_found_by_it(db: Database) -> None:
    one, two, earlier = [await subscribed(db, 1, hour) for hour in (8, 9, 10)]
    await subscribed(db, 2)
    moment = NOW + timedelta(microseconds=7)
    await db.write(subscriptions.remove, earlier, NOW)
    for each in (one, two):
        await db.write(subscriptions.remove, each, moment)
    assert await db.read(subscriptions.removed_at, 1, moment) == [one, two]
    assert await db.read(subscriptions.removed_at, 2, moment) == []


async def test_paused_and_removed_ones_send_nothing_and_come_back(db: Database) -> None:
    one, two = await subscribed(db, 1), await subscribed(db, 2)
    due = datetime(2024, 5, 2, 6, tzinfo=UTC)
    assert await db.write(subscriptions.pause, one, NOW)
    assert await db.write(subscriptions.remove, two, NOW)
    assert await claimed(db, due) == 0
    assert await db.read(subscriptions.of_chat, 2) == []
    assert await db.write(subscriptions.resume, one, due + HOUR)
    back = await db.write(subscriptions.restore, two, due + HOUR)
    assert back is not None
    assert back.next_at == due + DAY
    assert await claimed(db, due + DAY) == 2


async def test_a_chat_that_blocked_the_bot_gets_nothing_and_everything_after_it_returns(
    db: Database,
) -> None:
    await subscribed(db)
    due = datetime(2024, 5, 2, 6, tzinfo=UTC)
    await db.write(chats.pause, 1, NOW)
    assert await claimed(db, due) == 1
    assert await posted(db) == []
    await db.write(chats.resume, 1)
    assert await claimed(db, due + DAY) == 1
    assert await posted(db) == ["2024-05-03/480/0"]


async def test_a_changed_time_counts_from_now_and_today_may_come_again(db: Database) -> None:
    number = await subscribed(db)
    due = datetime(2024, 5, 2, 6, tzinfo=UTC)
    await claimed(db, due)
    await went_out(db, due)
    assert await db.write(subscriptions.change, number, plan(20), due)
    await claimed(db, due + 12 * HOUR)
    assert await posted(db) == ["2024-05-02/480/0", "2024-05-02/1200/0"]


async def test_a_change_in_the_moment_it_is_due_loses_no_digest(db: Database) -> None:
    number = await subscribed(db)
    due = datetime(2024, 5, 2, 6, tzinfo=UTC)
    fewer = replace(plan(), shelves=("jokes",), topics=())
    assert await db.write(subscriptions.change, number, fewer, due + HOUR)
    assert await claimed(db, due + HOUR) == 1
    more = replace(plan(), shelves=("headlines", "reports"), topics=("sport",), at_least=3)
    assert await db.write(subscriptions.change, number, more, due + HOUR)
    [delivery] = await taken(db, due + HOUR)
    assert delivery.digest is not None
    assert (delivery.digest.shelves, delivery.digest.topics) == (more.shelves, ("sport",))
    assert delivery.digest.at_least == 3


async def test_another_time_while_one_waits_is_one_digest_with_the_news_of_both(
    db: Database,
) -> None:
    number = await subscribed(db)
    due = datetime(2024, 5, 2, 6, tzinfo=UTC)
    await claimed(db, due)
    assert await db.write(subscriptions.change, number, plan(20), due + HOUR)
    assert await taken(db, due + HOUR) == []
    await claimed(db, due + 12 * HOUR)
    [delivery] = await taken(db, due + 12 * HOUR)
    assert delivery.digest is not None
    assert delivery.digest.since == due - DAY


async def test_a_pause_holds_what_waits_and_its_news_come_after_it(db: Database) -> None:
    number = await subscribed(db)
    due = datetime(2024, 5, 2, 6, tzinfo=UTC)
    await claimed(db, due)
    assert await db.write(subscriptions.pause, number, due)
    assert await taken(db, due) == []
    assert await db.write(subscriptions.resume, number, due + HOUR)
    await claimed(db, due + DAY)
    [delivery] = await taken(db, due + DAY)
    assert delivery.digest is not None
    assert delivery.digest.since == due - DAY


async def alter(db: Database, number: int, **values: object) -> None:
    rows = subscriptions.subscriptions
    await db.write(
        lambda conn: conn.execute(rows.update().where(rows.c.id == number).values(**values))
    )


async def test_a_zone_that_the_world_gave_up_is_utc_and_harms_nobody_else(db: Database) -> None:
    lost = await subscribed(db, 1)
    await subscribed(db, 2)
    await alter(db, lost, zone="Europe/Atlantis")
    due = datetime(2024, 5, 2, 6, tzinfo=UTC)
    assert await claimed(db, due) == 2
    assert [each.chat_id for each in await taken(db, due)] == [2]
    assert [each.chat_id for each in await taken(db, due + 2 * HOUR)] == [1]
    known = await db.read(subscriptions.find, lost)
    assert known is not None
    assert known.plan.schedule.zone == "UTC"
    assert known.next_at == datetime(2024, 5, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize("hours", [-1, 1])
async def test_new_rules_for_a_zone_s_clock_cost_no_day_its_digest(
    db: Database, hours: int
) -> None:
    number = await subscribed(db)
    due = datetime(2024, 5, 2, 6, tzinfo=UTC)
    await alter(db, number, next_at=due + hours * HOUR)
    for passed in range(-2, 27):
        await claimed(db, due + passed * HOUR)
    assert await posted(db) == ["2024-05-02/480/0", "2024-05-03/480/0"]


async def test_what_an_outage_puts_off_into_quiet_hours_waits_for_their_end(db: Database) -> None:
    await subscribed(db, 1, 21)
    await subscribed(db, 2, 21)
    await db.write(chats.set_quiet, 1, QuietHours(22, 7))
    due = datetime(2024, 5, 2, 19, tzinfo=UTC)
    await claimed(db, due)
    down = [Settled(each.id, "waiting", again_at=due + HOUR) for each in await taken(db, due)]
    await db.write(outbox.settle, down, due)
    assert [each.chat_id for each in await taken(db, due + HOUR)] == [2]
    assert await taken(db, due + 10 * HOUR - timedelta(seconds=1)) == []
    assert [each.chat_id for each in await taken(db, due + 10 * HOUR)] == [1]


async def test_late_is_what_an_outage_delayed_and_not_what_quiet_hours_held(db: Database) -> None:
    for number in (1, 2, 3):
        await subscribed(db, number, 21)
    await db.write(chats.set_quiet, 2, QuietHours(21, 7))
    due = datetime(2024, 5, 2, 19, tzinfo=UTC)
    await claimed(db, due)
    again = await taken(db, due)
    assert [each.digest.late for each in again if each.digest] == [False, False]
    down = [Settled(each.id, "waiting", again_at=due + HOUR) for each in again]
    await db.write(outbox.settle, down, due)
    after = await taken(db, due + HOUR)
    assert [each.digest.late for each in after if each.digest] == [True, True]
    [held] = await taken(db, due + 10 * HOUR)
    assert held.digest is not None
    assert not held.digest.late


async def test_a_group_that_becomes_a_supergroup_takes_all_with_it(db: Database) -> None:
    await subscribed(db, -100)
    due = datetime(2024, 5, 2, 6, tzinfo=UTC)
    await claimed(db, due)
    await db.write(chats.migrate_chat, -100, -1001)
    [delivery] = await db.write(outbox.take, due, due + HOUR, 10)
    assert delivery.chat_id == -1001
    assert len(await db.read(subscriptions.of_chat, -1001)) == 1


async def test_many_due_at_once_are_claimed_in_batches_the_longest_due_first(db: Database) -> None:
    for number in range(10, 15):
        await db.write(chats.remember, chat(number), None, NOW)
        await subscribed(db, number, 8 + number % 3)
    due = datetime(2024, 5, 2, 9, tzinfo=UTC)
    counts = [await db.write(claims.claim, due, 2) for _ in range(4)]
    assert counts == [2, 2, 1, 0]
    found = await db.write(outbox.take, due, due + HOUR, 3)
    found += await db.write(outbox.take, due, due + HOUR, 3)
    assert [one.due_at for one in found] == sorted(one.due_at for one in found)
    assert len({one.id for one in found}) == 5


async def take_one(db: Database) -> int:
    await subscribed(db)
    due = datetime(2024, 5, 2, 6, tzinfo=UTC)
    await claimed(db, due)
    [delivery] = await db.write(outbox.take, due, due + HOUR, 10)
    return delivery.id


async def state(db: Database) -> str:
    return (await db.read(rows))[0][1]


async def test_after_a_crash_what_was_half_sent_is_sent_again_with_the_same_words(
    db: Database,
) -> None:
    number = await take_one(db)
    due = datetime(2024, 5, 2, 6, tzinfo=UTC)
    await db.write(outbox.begin, {number: "the words"}, due + HOUR)
    assert await db.write(outbox.rescue, due, due) == 0
    assert await db.write(outbox.rescue, due + HOUR, due + HOUR) == 1
    [again] = await db.write(outbox.take, due + HOUR, due + 2 * HOUR, 10)
    assert (again.payload, again.attempts) == ("the words", 1)


async def test_what_fails_for_good_is_kept_and_what_may_do_better_waits(db: Database) -> None:
    number = await take_one(db)
    due = datetime(2024, 5, 2, 6, tzinfo=UTC)
    waits = Settled(number, "waiting", again_at=due + HOUR, error="down")
    await db.write(outbox.settle, [waits], due)
    assert await db.write(outbox.take, due, due + HOUR, 10) == []
    assert len(await db.write(outbox.take, due + HOUR, due + 2 * HOUR, 10)) == 1
    await db.write(outbox.settle, [Settled(number, "dead", error="no such topic")], due)
    assert await db.write(outbox.purge, due + DAY, due, 10) == 0
    assert await db.write(outbox.purge, due + DAY, due + DAY, 10) == 1


async def test_only_what_is_done_is_forgotten_soon(db: Database) -> None:
    number = await take_one(db)
    due = datetime(2024, 5, 2, 6, tzinfo=UTC)
    await db.write(outbox.settle, [Settled(number, "done", message_id=5)], due)
    assert await db.read(outbox.counts) == {"done": 1}
    assert await db.write(outbox.purge, due, due, 10) == 0
    assert await db.write(outbox.purge, due + DAY, due, 10) == 1


async def test_what_a_place_refused_is_told_from_what_a_person_paused(db: Database) -> None:
    due = datetime(2024, 5, 2, 6, tzinfo=UTC)
    mine, theirs = [await subscribed(db, 1) for _ in range(2)]
    await claimed(db, due)
    refused = [Settled(each.id, "dead") for each in await taken(db, due)]
    await db.write(outbox.settle, refused, due)
    await db.write(subscriptions.pause, theirs, due)
    await db.write(subscriptions.pause, mine, due + HOUR)
    assert await db.read(subscriptions.refused_in, 1, None) == [theirs]
    assert await db.read(subscriptions.refused_in, 1, 7) == []
