"""Digests through trouble of every kind, over HTTP: none is lost, and few come twice."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.models.deliveries import Settled
from bot.models.interests import Interest
from bot.models.messages import Message
from bot.services.outbox import outlook, packed
from bot.store import chats, interests, outbox
from bot.store.database import Database
from bot.tg import request
from bot.tg.limiter import Limiter
from bot.tg.request import AiohttpRequest
from tests.tg.fanout import Clock, fan_out, subscribe, subscribed, texts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.playground import Playground
    from bot.playground.world import Event
    from tests.tg.fanout import FanOut

PEOPLE = 40


@pytest.fixture
async def out(telegram: Playground, db: Database) -> AsyncIterator[FanOut]:
    async with fan_out(telegram, db) as made:
        yield made


async def test_each_gets_one_digest_a_day(out: FanOut) -> None:
    people = await subscribed(out.telegram, out.db, PEOPLE)
    for _ in range(3):
        await out.tick()
    assert out.heard() == texts(people)
    out.clock.turn(days=1)
    await out.tick()
    assert out.heard() == texts(people) + texts(people, "2024-05-03")


@pytest.mark.parametrize("paid", [True, False])
async def test_a_host_who_pays_for_speed_says_so_to_telegram(
    telegram: Playground, db: Database, paid: bool
) -> None:
    async with fan_out(telegram, db, paid_broadcast=paid) as out:
        await subscribed(telegram, db, 1)
        await out.tick()
    (call,) = telegram.calls_of("sendMessage")
    assert ("allow_paid_broadcast" in call.params) is paid


@pytest.mark.parametrize("days", [1, 2, 7])
async def test_a_bot_that_was_down_sends_one_late_digest(out: FanOut, days: int) -> None:
    people = await subscribed(out.telegram, out.db, 3)
    out.clock.turn(days=days, hours=1)
    await out.tick()
    await out.tick()
    assert out.heard() == texts(people, f"2024-05-{2 + days:02} (late)")


async def test_a_server_that_answers_500_now_and_then_loses_and_doubles_nothing(
    out: FanOut,
) -> None:
    people = await subscribed(out.telegram, out.db, PEOPLE)
    for person in people[::3]:
        out.telegram.faults.answer("sendMessage", 500, times=3, chat_id=person.id)
    await out.tick_until_settled()
    assert out.heard_in_the_end() == texts(people)


@pytest.mark.parametrize("code", [401, 404, 409])
async def test_a_token_that_is_refused_for_a_while_loses_nothing(out: FanOut, code: int) -> None:
    people = await subscribed(out.telegram, out.db, 8)
    out.telegram.faults.answer("sendMessage", code, times=20)
    await out.tick_until_settled()
    assert out.heard() == texts(people)


async def test_in_an_outage_few_messages_are_tried_and_all_come_after_it(out: FanOut) -> None:
    people = await subscribed(out.telegram, out.db, 2 * PEOPLE)
    out.telegram.faults.answer("sendMessage", 502, times=10_000)
    for _ in range(5):
        await out.tick()
        out.clock.turn(minutes=1)
    assert len(out.telegram.calls_of("sendMessage")) < 2 * PEOPLE
    out.telegram.faults.clear()
    await out.tick_until_settled()
    assert out.heard() == texts(people)


@pytest.mark.parametrize("accepted", [True, False])
async def test_an_hour_of_broken_connections_loses_nothing_and_doubles_what_was_on_its_way(
    out: FanOut, accepted: bool
) -> None:
    people = await subscribed(out.telegram, out.db, 12)
    out.telegram.faults.drop(times=100_000, accepted=accepted)
    for _ in range(60):
        await out.tick()
        out.clock.turn(minutes=1)
    assert len(out.telegram.calls_of("sendMessage")) == len(people)
    out.telegram.faults.clear()
    await out.tick_until_settled()
    heard = out.heard_in_the_end()
    assert set(heard) == set(texts(people))
    assert max(heard.values()) == (2 if accepted else 1)


async def test_a_connection_that_breaks_before_telegram_took_the_message_loses_nothing(
    out: FanOut,
) -> None:
    people = await subscribed(out.telegram, out.db, PEOPLE)
    for person in people[::4]:
        out.telegram.faults.drop("sendMessage", times=2, chat_id=person.id)
    await out.tick_until_settled()
    assert out.heard() == texts(people)


async def test_a_connection_that_breaks_after_it_doubles_these_messages_only(out: FanOut) -> None:
    people = await subscribed(out.telegram, out.db, PEOPLE)
    for person in people[::4]:
        out.telegram.faults.drop("sendMessage", accepted=True, chat_id=person.id)
    await out.tick_until_settled()
    assert out.heard() == texts(people) + texts(people[::4])


async def test_what_is_unknown_again_and_again_is_parked_for_a_person(out: FanOut) -> None:
    [ann] = await subscribed(out.telegram, out.db, 1)
    out.telegram.faults.drop("sendMessage", times=100, accepted=True, chat_id=ann.id)
    await out.tick_until_settled()
    assert await out.states() == {"parked": 1}
    assert out.heard().total() == 6


async def test_an_answer_that_never_comes_is_waited_for_only_so_long(
    out: FanOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(request, "READ_SECONDS", 0.1)
    people = await subscribed(out.telegram, out.db, 6)
    for person in people[::2]:
        out.telegram.faults.hang("sendMessage", chat_id=person.id)
    await out.tick()
    assert await out.states() == {"done": 3, "waiting": 3}
    out.telegram.faults.clear()
    await out.tick_until_settled()
    assert set(out.heard()) == set(texts(people))


async def test_nothing_is_sent_before_the_time_that_telegram_asked_for(
    out: FanOut, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, pause, call = asyncio.get_running_loop().time, Limiter.pause, AiohttpRequest.do_request
    pauses: list[tuple[float, float]] = []
    left: list[float] = []

    def pausing(limiter: Limiter, seconds: float) -> None:
        pauses.append((clock(), clock() + seconds))
        pause(limiter, seconds)

    async def calling(request: AiohttpRequest, url: str, **named: Any) -> tuple[int, bytes]:
        if url.endswith("/sendMessage"):
            left.append(clock())
        return await call(request, url, **named)

    people = await subscribed(out.telegram, out.db, PEOPLE)
    monkeypatch.setattr(Limiter, "pause", pausing)
    monkeypatch.setattr(AiohttpRequest, "do_request", calling)
    out.telegram.faults.answer("sendMessage", 429, times=5, retry_after=1)
    await out.tick_until_settled()
    assert out.heard() == texts(people)
    assert len(pauses) == 5
    assert len(left) == PEOPLE + 5
    assert not [at for at in left for asked, until in pauses if asked < at < until]


async def test_who_blocked_the_bot_hears_nothing_until_they_come_back(out: FanOut) -> None:
    ann, ben = await subscribed(out.telegram, out.db, 2)
    ann.block()
    await out.tick()
    out.clock.turn(days=1)
    await out.tick()
    assert out.heard() == texts([ben]) + texts([ben], "2024-05-03")
    assert len(out.telegram.calls_of("sendMessage")) == 3
    ann.unblock()
    await out.db.write(chats.resume, ann.id)
    out.clock.turn(days=1)
    await out.tick()
    assert f"{ann.id} 2024-05-04" in out.heard()


@pytest.mark.parametrize(
    "refusal",
    ["chat not found", "PEER_ID_INVALID", "not enough rights to send text messages to the chat"],
)
async def test_a_chat_that_can_t_be_written_to_is_paused(out: FanOut, refusal: str) -> None:
    [ann] = await subscribed(out.telegram, out.db, 1)
    said = f"Bad Request: {refusal}"
    out.telegram.faults.answer("sendMessage", 400, description=said, chat_id=ann.id)
    await out.tick()
    out.clock.turn(days=1)
    await out.tick()
    assert await out.states() == {"dead": 1}


async def test_a_group_that_becomes_a_supergroup_in_mid_fan_out_gets_its_digest_there(
    out: FanOut,
) -> None:
    people = await subscribed(out.telegram, out.db, 10)
    club = out.telegram.group("Club", members=people[:1], supergroup=False)
    await out.db.write(subscribe, [club.id])
    old_id = club.migrate()
    await out.tick()
    await out.tick()
    out.clock.turn(days=1)
    await out.tick()
    heard = [text for text in out.heard() if text.startswith("-")]
    assert heard == [f"{old_id} 2024-05-02", f"{club.id} 2024-05-03"]
    assert [call.status for call in out.telegram.calls_of("sendMessage")].count(400) == 1


async def test_a_topic_that_was_deleted_pauses_what_goes_there_and_no_more(out: FanOut) -> None:
    people = await subscribed(out.telegram, out.db, 1)
    club = out.telegram.group("Club", members=people)
    await out.db.write(subscribe, [club.id], 77)
    await out.db.write(subscribe, [club.id])
    await out.tick()
    out.clock.turn(days=1)
    await out.tick()
    assert await out.states() == {"done": 4, "dead": 1}


async def test_what_was_followed_in_a_topic_that_was_deleted_comes_to_the_group(
    out: FanOut,
) -> None:
    people = await subscribed(out.telegram, out.db, 1)
    club, now = out.telegram.group("Club", members=people), out.clock()
    await out.db.write(subscribe, [club.id])
    mill = Interest("follow", "word", "mill")
    await out.db.write(interests.put, club.id, mill, now, 77)
    alert = {
        "key": "alert/1", "kind": "alert", "chat_id": club.id, "topic_id": 77, "day": now.date(),
        "due_at": now, "not_before": now, "payload": packed(Message.of("The mill burns")),
    }  # fmt: skip
    await out.db.write(outbox.post, [alert])
    await out.tick_until_settled()
    assert "The mill burns" in out.heard()
    assert await out.states() == {"done": 3}
    (follower,) = await out.db.read(interests.followers, {"mill"}, "en", now)
    assert follower.topic_id is None


async def test_what_was_sent_of_a_long_message_is_not_sent_again(out: FanOut) -> None:
    out.clock.turn(hours=-1)
    [ann] = await subscribed(out.telegram, out.db, 1)
    parts = [letter * 3000 for letter in "abc"]
    row = {"key": "long/1", "kind": "digest", "chat_id": ann.id, "day": out.clock().date()}
    row |= {"payload": json.dumps(["\n\n".join(parts), []])}
    row |= {"due_at": out.clock(), "not_before": out.clock()}
    await out.db.write(outbox.post, [row])

    def fail_after_the_first(event: Event) -> None:
        if event.data.get("text") == parts[0]:
            stop()
            out.telegram.faults.answer("sendMessage", 500)

    stop = out.telegram.world.listen(fail_after_the_first)
    await out.tick_until_settled()
    assert out.heard() == Counter(parts)
    assert [call.status for call in out.telegram.calls_of("sendMessage")] == [200, 500, 200, 200]


async def test_a_digest_that_can_t_be_parsed_comes_as_plain_text(out: FanOut) -> None:
    people = await subscribed(out.telegram, out.db, 1)
    refused = "Bad Request: can't parse entities: unsupported start tag"
    out.telegram.faults.answer("sendMessage", 400, description=refused)
    await out.tick()
    assert out.heard() == texts(people)


async def test_two_couriers_on_one_database_send_each_digest_once(
    out: FanOut, telegram: Playground, tmp_path: Path
) -> None:
    people = await subscribed(out.telegram, out.db, 3 * PEOPLE)
    other = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/quipwire.db")
    async with fan_out(telegram, other) as second:
        await asyncio.gather(out.tick(), second.tick())
        await asyncio.gather(out.tick(), second.tick())
    await other.close()
    assert out.heard() == texts(people)


async def test_what_a_dead_process_held_is_sent_when_its_lease_is_over(out: FanOut) -> None:
    people = await subscribed(out.telegram, out.db, 8)
    await out.courier.claim(out.clock())
    lease = out.clock() + timedelta(minutes=2)
    dead = await out.db.write(outbox.take, out.clock(), lease, 4)
    await out.db.write(outbox.begin, {dead[0].id: '["half sent", []]'}, lease)
    await out.tick()
    assert out.heard().total() == 4
    out.clock.turn(minutes=2)
    await out.tick()
    expected = set(texts(people)) - {f"{dead[0].chat_id} 2024-05-02"} | {"half sent"}
    assert set(out.heard()) == expected


async def test_nothing_is_claimed_while_the_machine_s_clock_is_wrong(
    telegram: Playground, db: Database
) -> None:
    async with fan_out(telegram, db) as out:
        people = await subscribed(telegram, db, 1)
        wrong = Clock(out.courier._pulse._clock() - timedelta(days=20_000))
        right, out.courier._pulse._clock = out.courier._pulse._clock, wrong
        await out.tick()
        assert not out.heard()
        out.courier._pulse._clock = right
        await out.tick()
        assert out.heard() == texts(people)


async def test_an_announcement_of_unknown_fate_is_parked_at_once(out: FanOut) -> None:
    [ann] = await subscribed(out.telegram, out.db, 1)
    row = {"key": "a/1", "kind": "broadcast", "chat_id": ann.id, "day": out.clock().date()}
    row |= {"payload": '["news", []]', "due_at": out.clock(), "not_before": out.clock()}
    await out.db.write(outbox.post, [row])
    out.telegram.faults.drop("sendMessage", times=2, accepted=True)
    await out.tick_until_settled()
    parked = await out.states()
    assert parked == {"done": 1, "parked": 1}
    assert out.heard()["news"] == 1
    await out.db.write(outbox.settle, [Settled(1, "done")], out.clock())


async def test_the_outlook_tells_how_far_behind_the_bot_is(out: FanOut) -> None:
    await subscribed(out.telegram, out.db, 57)
    out.clock.turn(minutes=2)
    before = await outlook(out.db, out.clock(), 30)
    await out.courier.claim(out.clock())
    behind = await outlook(out.db, out.clock(), 30)
    assert (before.open, behind.open, behind.lag) == (57, 57, timedelta(minutes=2))
    assert behind.left == timedelta(seconds=2)
    await out.tick()
    done = await outlook(out.db, out.clock(), 30)
    assert (done.open, done.lag, done.left) == (0, timedelta(), timedelta())
