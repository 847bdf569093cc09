"""/joke while somebody else's PDF of a thousand pages is read, beside /joke on an idle bot."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.pdf import PAGES, book
from bench.replies import OURS, asked, p99, serving
from bot.playground import Playground

if TYPE_CHECKING:
    from bot.playground import Person

PEOPLE = 100
APART = 0.02
ROUNDS = 3
# The book is read so often in a row, and as many answers are timed on the idle bot.
READINGS = 4


async def reading(reader: Person, data: bytes) -> None:
    """Until the summary has come; a notice of progress is not yet it."""
    for _ in range(READINGS):
        await reader.upload(data, "book.pdf")
        answer = await reader.reply(within=60)
        while "<blockquote" not in answer.html:
            answer = await answer.edited(within=60)


async def answers(people: list[Person], until: asyncio.Task[None]) -> list[float]:
    """Seconds to each answer, asked at a steady pace until the task is done."""
    begin = time.perf_counter()
    tasks: list[asyncio.Task[float]] = []
    while not until.done():
        await asyncio.sleep(max(0.0, begin + len(tasks) * APART - time.perf_counter()))
        tasks.append(asyncio.create_task(asked(people[len(tasks) % len(people)], "/joke")))
    return await asyncio.gather(*tasks)


async def measure(telegram: Playground, data: bytes) -> tuple[float, float]:
    """p99 idle and beside the readings, for the same time each."""
    people = [telegram.person(f"P{number}") for number in range(PEOPLE)]
    for person in people:
        await asked(person, "/joke")
    begin = time.perf_counter()
    work = asyncio.create_task(reading(telegram.person("Reader"), data))
    busy = await answers(people, work)
    work.result()
    pause = asyncio.create_task(asyncio.sleep(time.perf_counter() - begin))
    return p99(await answers(people, pause)), p99(busy)


async def main() -> None:
    data = book(PAGES)
    with tempfile.TemporaryDirectory() as folder:
        async with Playground() as telegram, serving(telegram, OURS[0], Path(folder)):
            rows = [await measure(telegram, data) for _ in range(ROUNDS)]
    for idle, busy in rows:
        print(f"/joke p99: idle {idle * 1e3:.1f} ms, beside {PAGES:,} pages {busy * 1e3:.1f} ms")
    ratio = statistics.median(busy / idle for idle, busy in rows)
    print(f"p99 beside a reading : idle = {ratio:.2f} (2 or less)")


if __name__ == "__main__":
    import uvloop

    uvloop.run(main())
