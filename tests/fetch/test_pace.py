"""Politeness, on a clock that jumps."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.errors import WebError
from bot.fetch import Limits
from bot.fetch.pace import Pace
from tests.tg.virtual import passed, virtually

if TYPE_CHECKING:
    from collections.abc import Coroutine


class Visits:
    """Requests that take their time, and when each began."""

    def __init__(self, limits: Limits, seconds: float = 0.0) -> None:
        self.pace = Pace(limits)
        self.seconds = seconds
        self.began: list[float] = []
        self.now = self.most = 0

    async def to(self, host: str, gap: float = 1.0) -> None:
        async with self.pace.turn(host, gap=gap):
            self.began.append(round(asyncio.get_running_loop().time(), 3))
            self.now += 1
            self.most = max(self.most, self.now)
            await passed(self.seconds)
            self.now -= 1


async def together(*visits: Coroutine[object, object, None]) -> None:
    await asyncio.gather(*visits)


def test_requests_to_one_host_begin_one_gap_after_the_other() -> None:
    async def main() -> list[float]:
        visits = Visits(Limits())
        await together(*(visits.to("a.example") for _ in range(4)))
        return visits.began

    assert virtually(main()) == [0, 1, 2, 3]


def test_other_hosts_and_our_own_need_not_wait() -> None:
    async def main() -> list[float]:
        visits = Visits(Limits())
        await together(*(visits.to(f"{name}.example") for name in "abc"))
        await together(*(visits.to("localhost", gap=0) for _ in range(3)))
        return visits.began

    assert virtually(main()) == [0] * 6


def test_a_request_that_follows_a_redirect_is_due_at_once() -> None:
    async def main() -> list[float]:
        visits = Visits(Limits())
        await visits.to("a.example")
        await visits.to("a.example", gap=0)
        await visits.to("a.example")
        return visits.began

    assert virtually(main()) == [0, 0, 1]


def test_a_slow_host_has_two_requests_at_once_and_all_of_them_twenty() -> None:
    async def main() -> tuple[int, int]:
        one, many = Visits(Limits(), 30), Visits(Limits(), 30)
        await together(*(one.to("a.example") for _ in range(6)))
        await together(*(many.to(f"{number}.example") for number in range(60)))
        return one.most, many.most

    assert virtually(main()) == (2, 20)


def test_who_would_wait_too_long_is_sent_away_and_takes_no_place() -> None:
    async def main() -> tuple[list[float], float]:
        visits = Visits(Limits(wait=2.5))
        first = asyncio.gather(*(visits.to("a.example") for _ in range(3)))
        await passed(0)
        with pytest.raises(WebError, match=r"Too many pages of a\.example") as failure:
            await visits.to("a.example")
        await first
        await visits.to("a.example")
        return visits.began, failure.value.retry_after or 0

    began, rest = virtually(main())
    assert began == [0, 1, 2, 3]
    assert rest == pytest.approx(3, abs=0.01)


def test_a_host_that_wants_rest_gets_it_and_no_other_does() -> None:
    async def main() -> list[float]:
        visits = Visits(Limits())
        waiting = asyncio.create_task(visits.to("a.example"))
        await waiting
        waiting = asyncio.create_task(visits.to("a.example"))
        await passed(0)
        visits.pace.hold("a.example", 60)
        visits.pace.hold("a.example", 5)
        with pytest.raises(WebError, match="left alone"):
            await waiting
        with pytest.raises(WebError, match="left alone"):
            await visits.to("a.example")
        await visits.to("b.example")
        await passed(61)
        await visits.to("a.example")
        return visits.began

    assert virtually(main()) == [0, pytest.approx(1, abs=0.01), pytest.approx(62, abs=0.01)]


def test_one_that_gives_up_frees_its_place() -> None:
    async def main() -> int:
        visits = Visits(Limits(), 1_000)
        stuck = [asyncio.create_task(visits.to("a.example", gap=0)) for _ in range(5)]
        await passed(1)
        for task in stuck:
            task.cancel()
        await asyncio.gather(*stuck, return_exceptions=True)
        visits.now = 0
        await together(visits.to("a.example"), visits.to("a.example"))
        return visits.most

    assert virtually(main()) == 2


def test_hosts_that_rest_are_remembered_and_the_others_forgotten() -> None:
    async def main() -> tuple[int, bool]:
        visits = Visits(Limits())
        visits.pace.hold("a.example", 1e9)
        for number in range(5_000):
            await visits.to(f"{number}.example", gap=0)
        return len(visits.pace._hosts), "a.example" in visits.pace._hosts

    known, remembered = virtually(main())
    assert known <= 1_001
    assert remembered
