"""The clock's loop: each job beside the others, none twice at once, all ended with the bot."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.jobs import tick_forever

if TYPE_CHECKING:
    import pytest

    from bot.jobs import Job

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)


def ticking(*jobs: Job) -> asyncio.Task[None]:
    return asyncio.create_task(tick_forever(jobs, lambda: NOW, 0))


async def stopped(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_a_long_job_delays_no_other_and_is_not_begun_twice() -> None:
    begun, ticks, enough = 0, 0, asyncio.Event()

    async def long(_: datetime) -> None:
        nonlocal begun
        begun += 1
        await asyncio.Event().wait()

    async def short(now: datetime) -> None:
        nonlocal ticks
        assert now == NOW
        ticks += 1
        if ticks == 5:
            enough.set()

    task = ticking(long, short)
    await enough.wait()
    await stopped(task)
    assert begun == 1


async def test_a_job_that_fails_is_logged_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    tries, twice = 0, asyncio.Event()

    async def fails(_: datetime) -> None:
        nonlocal tries
        tries += 1
        if tries == 2:
            twice.set()
        raise ConnectionResetError

    task = ticking(fails)
    await twice.wait()
    await stopped(task)
    assert "will be tried again" in caplog.text


async def test_stopping_ends_what_a_job_is_at() -> None:
    at_it, ended = asyncio.Event(), asyncio.Event()

    async def long(_: datetime) -> None:
        try:
            at_it.set()
            await asyncio.Event().wait()
        finally:
            ended.set()

    task = ticking(long)
    await at_it.wait()
    await stopped(task)
    assert ended.is_set()
