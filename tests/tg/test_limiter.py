"""Telegram's limits are kept, its pauses obeyed, and calls repeated only where that is safe."""

from __future__ import annotations

import asyncio
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.tg.limiter import Limiter
from bot.tg.request import NotSent, ServerFault
from tests.tg.virtual import passed, virtually

if TYPE_CHECKING:
    from collections.abc import Awaitable


class Wire:
    """A Telegram that answers from a script, then with "done", and notes when it was called."""

    def __init__(self, *script: Exception, limiter: Limiter | None = None) -> None:
        self.script = list(script)
        self.limiter = limiter or generous()
        self.calls: list[tuple[float, object]] = []

    async def send(
        self, chat: object = 1, endpoint: str = "sendMessage", *, patient: bool = False
    ) -> object:
        data = {"chat_id": chat}
        return await self.limiter.process_request(self._call, (chat,), {}, endpoint, data, patient)

    @property
    def times(self) -> list[float]:
        return [round(at, 3) for at, _ in self.calls]

    async def _call(self, chat: object) -> str:
        self.calls.append((asyncio.get_running_loop().time(), chat))
        await asyncio.sleep(0)
        if self.script:
            raise self.script.pop(0)
        return "done"


def generous() -> Limiter:
    return Limiter(per_second=10_000, chat_per_second=10_000, group_per_minute=600_000)


def usual() -> Limiter:
    return Limiter(per_second=30, chat_per_second=1, group_per_minute=20)


def busiest(times: list[float], seconds: float) -> int:
    """The most calls within any window of so many seconds."""
    return max(sum(start <= at < start + seconds for at in times) for start in times)


async def together(*works: Awaitable[Any]) -> list[Any]:
    return list(await asyncio.gather(*works))


# How often a call is made


@pytest.mark.parametrize("error", [NotSent("x"), ServerFault("x"), RetryAfter(1), TimedOut()])
def test_a_call_that_may_be_repeated_is(error: TelegramError) -> None:
    wire = Wire(error)
    assert virtually(wire.send()) == "done"
    assert len(wire.calls) == 2


@pytest.mark.parametrize(
    "error", [BadRequest("x"), Forbidden("x"), InvalidToken("x"), Conflict("x"), KeyError("x")]
)
def test_a_refusal_is_final(error: Exception) -> None:
    wire = Wire(error)
    with pytest.raises(type(error)):
        virtually(wire.send())
    assert len(wire.calls) == 1


@pytest.mark.parametrize("error", [TimedOut, lambda: NetworkError("The connection broke.")])
def test_an_unknown_outcome_is_repeated_once_and_no_more(error: Any) -> None:
    wire = Wire(error(), error(), error())
    with pytest.raises(NetworkError):
        virtually(wire.send())
    assert len(wire.calls) == 2


def test_what_never_left_is_tried_again_and_again_with_growing_pauses() -> None:
    wire = Wire(*[NotSent("x")] * 20)
    assert virtually(wire.send()) == "done"
    pauses = [after - before for before, after in zip(wire.times, wire.times[1:], strict=False)]
    assert pauses == sorted(pauses)
    assert pauses[0] < 1
    assert pauses[-1] == 30


def test_a_server_that_stays_broken_is_given_up() -> None:
    wire = Wire(*[ServerFault("x")] * 99)
    with pytest.raises(ServerFault):
        virtually(wire.send())
    assert 3 <= len(wire.calls) <= 10


def test_a_network_that_stays_away_is_given_up_in_the_end() -> None:
    wire = Wire(*[NotSent("x")] * 99)
    with pytest.raises(NotSent):
        virtually(wire.send())
    assert len(wire.calls) < 50


def test_what_never_left_does_not_use_up_the_one_repeat_of_an_unknown_outcome() -> None:
    wire = Wire(NotSent("x"), TimedOut(), NotSent("x"))
    assert virtually(wire.send()) == "done"


# How long it waits


def test_a_429_closes_the_gate_for_all_chats_until_its_time_is_over() -> None:
    wire = Wire(RetryAfter(17))

    async def scene() -> None:
        first = asyncio.create_task(wire.send(1))
        await passed(0.001)
        await together(first, wire.send(2), wire.send(3), wire.send(-4, "editMessageText"))

    virtually(scene())
    assert wire.times[0] == 0
    assert all(17 <= at < 17.1 for at in wire.times[1:])
    assert Counter(chat for _, chat in wire.calls) == {1: 2, 2: 1, 3: 1, -4: 1}


def test_a_429_holds_answers_to_presses_too() -> None:
    wire = Wire(RetryAfter(5))
    virtually(wire.send(1, "answerCallbackQuery"))
    assert wire.times == [0, 5]


def test_the_longer_of_two_pauses_counts() -> None:
    wire = Wire(RetryAfter(60), RetryAfter(3))

    async def scene() -> None:
        await together(wire.send(1), wire.send(2))

    virtually(scene())
    assert [at for at in wire.times if at > 1] == [60, 60]


def test_after_a_pause_the_crowd_that_waited_does_not_rush_out_at_once() -> None:
    wire = Wire(RetryAfter(30), limiter=usual())

    async def scene() -> None:
        first = asyncio.create_task(wire.send(0))
        await passed(0.001)
        await together(first, *(wire.send(chat) for chat in range(1, 301)))

    virtually(scene())
    after = wire.times[1:]
    assert min(after) >= 30
    assert busiest(after, 1) <= 30


def test_a_chat_s_messages_keep_their_order_through_a_pause() -> None:
    limiter = Limiter(per_second=5, chat_per_second=1000, group_per_minute=60_000)
    wires = [Wire(limiter=limiter) for _ in range(30)]

    async def scene() -> None:
        sent = [asyncio.create_task(wire.send(1)) for wire in wires]
        await passed(0.5)
        await together(Wire(RetryAfter(20), limiter=limiter).send(2, "getMe"), *sent)

    virtually(scene())
    times = [wire.times[0] for wire in wires]
    assert times == sorted(times)
    assert any(at < 1 for at in times)
    assert not [at for at in times if 0.6 < at < 20.5]


# How many at once


def test_the_ceiling_of_the_whole_bot_holds_in_every_second() -> None:
    wire = Wire(limiter=usual())

    async def scene() -> None:
        await together(*(wire.send(chat) for chat in range(200)))

    virtually(scene())
    assert busiest(wire.times, 1) <= 30
    assert max(wire.times) < 200 / 30 + 1


def test_a_reply_goes_before_everything_that_can_wait() -> None:
    wire = Wire(limiter=usual())

    async def scene() -> None:
        crowd = [asyncio.create_task(wire.send(chat, patient=True)) for chat in range(1, 301)]
        await passed(2)
        asked = asyncio.get_running_loop().time()
        await together(*(wire.send(-chat) for chat in range(1001, 1004)))
        replied = asyncio.get_running_loop().time()
        assert replied - asked < 0.2
        await together(*crowd)

    virtually(scene())
    assert max(wire.times) < 303 / 30 / 0.95
    assert busiest(wire.times, 1) <= 30


def test_what_can_wait_is_not_repeated_here() -> None:
    wire = Wire(NetworkError("broken"))
    with pytest.raises(NetworkError):
        virtually(wire.send(patient=True))
    assert len(wire.calls) == 1


def test_a_chat_gets_its_messages_in_order_one_a_second() -> None:
    limiter = usual()
    wires = [Wire(limiter=limiter) for _ in range(5)]

    async def scene() -> None:
        await together(*(wire.send(1) for wire in wires))

    virtually(scene())
    assert [wire.times for wire in wires] == [[0], [1.1], [2.2], [3.3], [4.4]]


def test_a_group_gets_twenty_in_any_minute() -> None:
    wire = Wire(limiter=usual())

    async def scene() -> None:
        await together(*(wire.send(-100) for _ in range(60)))

    virtually(scene())
    assert busiest(wire.times, 60) <= 20
    assert max(wire.times) < 240


def test_a_group_too_gets_one_a_second() -> None:
    wire = Wire(limiter=usual())
    virtually(together(*(wire.send(-100) for _ in range(12))))
    assert busiest(wire.times, 0.999) == 1


def test_a_crowded_chat_holds_up_no_other() -> None:
    wire = Wire(limiter=usual())

    async def scene() -> None:
        crowd = [asyncio.create_task(wire.send(1)) for _ in range(100)]
        await asyncio.sleep(0)
        await wire.send(2)
        for task in crowd:
            task.cancel()

    virtually(scene())
    assert next(at for at, chat in wire.calls if chat == 2) < 0.5


@pytest.mark.parametrize("endpoint", ["answerCallbackQuery", "getMe", "sendChatAction"])
def test_what_telegram_does_not_count_is_not_paced(endpoint: str) -> None:
    wire = Wire(limiter=usual())

    async def scene() -> None:
        await together(*(wire.send(1, endpoint) for _ in range(100)))

    virtually(scene())
    assert set(wire.times) == {0}


def test_edits_of_shared_messages_are_of_no_chat_and_share_no_chat_s_pace() -> None:
    wire = Wire(limiter=usual())

    async def scene() -> None:
        await together(*(wire.send(None, "editMessageText") for _ in range(30)))

    virtually(scene())
    assert max(wire.times) < 1.5


@pytest.mark.parametrize("pace", [0.01, 1, 2, 1000])
def test_any_pace_a_host_may_set_works(pace: float) -> None:
    limiter = Limiter(per_second=max(1, pace), chat_per_second=pace, group_per_minute=max(1, pace))
    wire = Wire(limiter=limiter)

    async def scene() -> None:
        await together(*(wire.send(chat) for chat in (1, -1, 1, -1)))

    virtually(scene())
    assert len(wire.calls) == 4


def test_what_waited_for_the_gate_does_not_leave_it_as_a_crowd() -> None:
    """Ten calls to one chat and ten to a group, while Telegram wants to be left alone."""

    async def main() -> list[float]:
        wire = Wire(RetryAfter(30), limiter=usual())
        await wire.send(3)
        wire.calls.clear()
        wire.limiter.pause(30)
        await together(*(wire.send(chat) for chat in (1, -2) for _ in range(10)))
        assert busiest([at for at, chat in wire.calls if chat == -2], 60) <= 20
        return [at for at, chat in wire.calls if chat == 1]

    times = virtually(main())
    assert times[0] >= 60
    assert busiest(times, 1) == 1


def test_what_took_its_turn_before_a_pause_keeps_its_distance_after_it() -> None:
    async def main() -> list[float]:
        wire = Wire(limiter=usual())
        calls = together(*(wire.send(1) for _ in range(6)))
        waiting = asyncio.ensure_future(calls)
        await passed(2.5)
        wire.limiter.pause(10)
        await waiting
        return wire.times

    times = virtually(main())
    assert len(times) == 6
    assert min(later - at for at, later in pairwise(times)) > 1.04
    assert not [at for at in times if 2.5 < at < 12.5]
