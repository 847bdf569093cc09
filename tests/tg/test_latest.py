"""Of many changes of a message the first and the newest are made."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from bot.tg.latest import Latest


async def test_what_waits_gives_way_to_what_is_newer() -> None:
    latest, made, free = Latest(), list[int](), asyncio.Event()

    async def change(number: int) -> None:
        await free.wait()
        made.append(number)

    assert latest.put("a message", partial(change, 1))
    making = asyncio.create_task(latest.make("a message"))
    await asyncio.sleep(0)
    assert not any(latest.put("a message", partial(change, number)) for number in (2, 3, 4))
    free.set()
    await making
    assert made == [1, 4]
    assert latest.put("a message", partial(change, 5))


async def test_another_message_waits_for_none() -> None:
    async def change() -> None: ...

    latest = Latest()
    assert latest.put("a message", change)
    assert latest.put("another", change)


async def test_a_change_that_fails_is_not_in_the_way_of_the_next() -> None:
    async def fail() -> None:
        raise ValueError("it broke")

    latest = Latest()
    assert latest.put("a message", fail)
    with pytest.raises(ValueError, match="it broke"):
        await latest.make("a message")
    assert latest.put("a message", fail)
