"""Each chat has a line of its own: in order within it, side by side with all others."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING, Any

from bot.playground.waiting import PATIENCE
from bot.tg import queues as module
from bot.tg.queues import Queues

if TYPE_CHECKING:
    import pytest

    from bot.tg.inbox import Raw


def update(number: int, chat: int = 1) -> Raw:
    return {"update_id": number, "message": {"chat": {"id": chat}}}


class Desk:
    """Handles updates; those of a chat that is `stuck` wait until it is let go."""

    def __init__(self, *stuck: int) -> None:
        self.begun: list[int] = []
        self.done: list[int] = []
        self.at_once = self.most_at_once = 0
        self.stuck = {chat: asyncio.Event() for chat in stuck}
        self._changed = asyncio.Condition()

    async def handle(self, raw: Raw) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.begun.append(raw["update_id"])
        try:
            if chat := self.stuck.get(raw["message"]["chat"]["id"]):
                await chat.wait()
            await asyncio.sleep(0)
            self.done.append(raw["update_id"])
        finally:
            self.at_once -= 1
            async with self._changed:
                self._changed.notify_all()

    async def has_done(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: len(self.done) >= count)

    def free(self) -> None:
        for event in self.stuck.values():
            event.set()


async def test_updates_of_a_chat_are_handled_one_after_the_other_in_order() -> None:
    desk = Desk()
    queues = Queues(desk.handle)
    for number in range(200):
        await queues.put(update(number))
    await desk.has_done(200)
    assert desk.done == list(range(200))
    assert desk.most_at_once == 1


async def test_different_chats_are_handled_side_by_side() -> None:
    desk = Desk(1, 2, 3)
    queues = Queues(desk.handle)
    for number, chat in enumerate((1, 2, 3)):
        await queues.put(update(number, chat))
    await asyncio.sleep(0)
    assert desk.begun == [0, 1, 2]
    desk.free()
    await desk.has_done(3)


async def test_a_stuck_chat_holds_up_nobody_else_however_much_it_gets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 2)
    desk = Desk(1)
    queues = Queues(desk.handle)
    for number in range(100):
        await queues.put(update(number, 1))
    for number in range(100, 120):
        await queues.put(update(number, number))
    await desk.has_done(20)
    assert desk.done == list(range(100, 120))
    desk.free()
    await desk.has_done(120)
    assert [number for number in desk.done if number < 100] == list(range(100))


async def test_no_more_than_so_many_are_handled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 3)
    desk = Desk()
    queues = Queues(desk.handle)
    for number in range(50):
        await queues.put(update(number, number))
    await desk.has_done(50)
    assert desk.most_at_once == 3


async def test_a_chat_that_was_idle_is_served_again() -> None:
    desk = Desk()
    queues = Queues(desk.handle)
    for number in range(3):
        await queues.put(update(number))
        await desk.has_done(number + 1)
    assert desk.done == [0, 1, 2]


async def test_when_too_many_wait_no_more_are_taken_until_one_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 3)
    desk = Desk(1)
    queues = Queues(desk.handle)
    for number in range(3):
        await queues.put(update(number))
    fourth = asyncio.create_task(queues.put(update(3)))
    for _ in range(10):
        await asyncio.sleep(0)
    assert not fourth.done()
    desk.free()
    await fourth
    await desk.has_done(4)


async def test_closing_lets_the_running_one_end_and_leaves_the_rest_undone() -> None:
    desk = Desk(1)
    queues = Queues(desk.handle)
    for number in range(3):
        await queues.put(update(number))
    await asyncio.sleep(0)
    closing = asyncio.create_task(queues.close(10))
    await asyncio.sleep(0)
    desk.free()
    await closing
    assert desk.done == [0]
    assert desk.begun == [0]


async def test_closing_cuts_off_who_does_not_end_in_time() -> None:
    desk = Desk(1)
    queues = Queues(desk.handle)
    await queues.put(update(0))
    await asyncio.sleep(0)
    await queues.close(0)
    assert desk.begun == [0]
    assert desk.done == []
    assert desk.at_once == 0


async def test_closing_while_chats_wait_for_a_place_raises_no_error_anywhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 1)
    faults: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, fault: faults.append(fault))
    desk = Desk(1)
    queues = Queues(desk.handle)
    for chat in (1, 2, 3):
        await queues.put(update(chat, chat))
    await asyncio.sleep(0)
    closing = asyncio.create_task(queues.close(10))
    await asyncio.sleep(0)
    desk.free()
    await closing
    del queues
    gc.collect()
    await asyncio.sleep(0)
    asyncio.get_running_loop().set_exception_handler(None)
    assert desk.done == [1]
    assert faults == []


async def test_closing_an_idle_queue_is_nothing() -> None:
    await Queues(Desk().handle).close(0)
