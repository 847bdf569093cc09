"""/joke while 200,000 jokes are imported beside it, and the memory that the import takes."""

from __future__ import annotations

import asyncio
import json
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.meanwhile import PEOPLE, answers
from bench.replies import OURS, asked, p99, serving
from bot.playground import Playground

if TYPE_CHECKING:
    from bot.playground import Person

JOKES = 200_000
IDLE_SECONDS = 20.0
MOST_MEGABYTES, MOST_RATIO = 300, 3.0
WORDS = ("goose", "band", "report", "meeting", "laughs", "why", "did", "cross", "road", "printer",
         "train", "late", "monday", "coffee", "sleeps", "wall", "moon", "cheese", "tuba",
         "horn")  # fmt: skip


def jokes(path: Path, many: int) -> None:
    """A file of so many, each of its own words."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        for number in range(many):
            text = " ".join([*chance.choices(WORDS, k=22), f"{number}."])
            end = " ".join(chance.choices(WORDS, k=8))
            line = {"id": f"b{number}", "category": "office", "text": text, "punchline": end}
            file.write(json.dumps(line) + "\n")


async def brought_in(path: Path, data: Path) -> None:
    """By the program that /import runs, too."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "import", str(path),
        env={**os.environ, "BOT_DATA_DIR": str(data)},
    )  # fmt: skip
    if await process.wait():
        raise SystemExit("The import failed.")


async def measure(people: list[Person], path: Path, data: Path) -> tuple[float, float, float]:
    """p99 idle and meanwhile, and how long the import took."""
    for person in people:
        await asked(person, "/joke")
    idle = p99(await answers(people, asyncio.create_task(asyncio.sleep(IDLE_SECONDS))))
    begin = time.perf_counter()
    work = asyncio.create_task(brought_in(path, data))
    busy = p99(await answers(people, work))
    work.result()
    return idle, busy, time.perf_counter() - begin


async def main(many: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, data = Path(folder) / "en.jsonl", Path(folder) / "data"
        jokes(path, many)
        async with Playground() as telegram, serving(telegram, OURS[0], data):
            people = [telegram.person(f"P{number}") for number in range(PEOPLE)]
            idle, busy, seconds = await measure(people, path, data)
    print(f"{many:,} jokes in {seconds:,.0f} s")
    print(f"/joke p99: idle {idle * 1e3:.1f} ms, beside the import {busy * 1e3:.1f} ms")
    print(f"p99 beside the import : idle = {busy / idle:.2f} ({MOST_RATIO:.0f} or less)")
    # Of the bot and the import the larger; the bot alone has some 150.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"memory at its peak: {peak:.0f} MB ({MOST_MEGABYTES} or less)")


if __name__ == "__main__":
    import uvloop

    uvloop.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else JOKES))
