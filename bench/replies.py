"""/joke of Quipwire beside /ping of a bare bot: updates a second one after the other, and the
time to the answer when 300 come in every second."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.playground import Person, Playground

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

# Where no proxy listens: the feeds of the seed are not asked from a benchmark.
NOBODY = "http://127.0.0.1:9"
PEOPLE = 400
SEQUENTIAL = 1500
RATE = 300
SECONDS = 10
ROUNDS = 3

OURS = ([sys.executable, "-m", "bot", "run"], "/joke")
BARE = ([sys.executable, "-m", "bench.bare"], "/ping")


@asynccontextmanager
async def serving(telegram: Playground, command: list[str], data: Path) -> AsyncIterator[int]:
    """A bot as a process of its own; yields its process id."""
    environment = {
        **os.environ,
        "BOT_API_URL": telegram.url,
        "BOT_TOKEN": telegram.token,
        "BOT_DATA_DIR": str(data),
        "BOT_MESSAGES_PER_SECOND": "100000",
        "BOT_CHAT_MESSAGES_PER_SECOND": "1000",
        "BOT_LOG_LEVEL": "warning",
        "BOT_WEB_PROXY": NOBODY,
    }
    process = await asyncio.create_subprocess_exec(*command, env=environment)
    try:
        yield process.pid
    finally:
        process.terminate()
        await process.wait()


async def asked(person: Person, text: str) -> float:
    """Seconds from a person's message to the answer."""
    begin = time.perf_counter()
    await person.send(text)
    await person.reply()
    return time.perf_counter() - begin


async def sequential(people: list[Person], text: str) -> float:
    """Updates per second, each sent when the one before was answered."""
    begin = time.perf_counter()
    for number in range(SEQUENTIAL):
        await asked(people[number % len(people)], text)
    return SEQUENTIAL / (time.perf_counter() - begin)


async def steady(people: list[Person], text: str) -> list[float]:
    """Seconds to each answer while `RATE` updates a second come in, answered or not."""
    begin, tasks = time.perf_counter(), []
    for number in range(RATE * SECONDS):
        due = begin + number / RATE
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(asked(people[number % len(people)], text)))
    return await asyncio.gather(*tasks)


def p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


async def measure(command: list[str], text: str, data: Path) -> tuple[float, float]:
    async with Playground() as telegram:
        people = [telegram.person(f"P{number}") for number in range(PEOPLE)]
        async with serving(telegram, command, data):
            for person in people:
                await asked(person, text)
            speed = await sequential(people, text)
            times = await steady(people, text)
    return speed, p99(times)


async def main() -> None:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(ROUNDS):
            bare = await measure(*BARE, Path(folder) / "bare")
            ours = await measure(*OURS, Path(folder) / f"ours{number}")
            rows.append((bare, ours))
            print(
                f"round {number + 1}: bare /ping {bare[0]:6.0f}/s p99 {bare[1] * 1e3:6.1f} ms"
                f"   /joke {ours[0]:6.0f}/s p99 {ours[1] * 1e3:6.1f} ms"
            )
    speed = statistics.median(ours[0] / bare[0] for bare, ours in rows)
    late = statistics.median(ours[1] / bare[1] for bare, ours in rows)
    print(f"updates per second, /joke : bare /ping = {speed:.2f} (0.70 or more)")
    print(f"p99 at {RATE} updates/s, /joke : bare /ping = {late:.2f} (2 or less)")


if __name__ == "__main__":
    import uvloop

    uvloop.run(main())
