"""Foreign files and spoiled copies of them, read in a worker under its limits as the bot would:
each gives an answer or one sentence, and every sentence quoted stands in the source.

    python -m bench.survival FOLDER [--feeds] [--copies N] [--jsonl]

With `--jsonl` each line's `text` is a document; `--feeds` reads the files as feeds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import resource
import statistics
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from bot.child import Children, tasks
from bot.config import FEED_SECONDS
from bot.errors import UserError
from bot.models.summaries import Length, Wish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Task = Callable[[bytes], int]

WISH = Wish(Length(15))
# What the bot says when the file itself was the reader's end: a finding, not an answer.
FAILURES = ("failed on it", "made the reader stop", "took too long", "more memory")


def spoiled(data: bytes, chance: random.Random) -> bytes:
    """A copy with some bytes flipped, its end cut off, or a part repeated."""
    if not data:
        return bytes(chance.randrange(256) for _ in range(64))
    copy, place = bytearray(data), chance.randrange(len(data))
    match chance.randrange(3):
        case 0:
            for _ in range(chance.randint(1, 40)):
                copy[chance.randrange(len(copy))] = chance.randrange(256)
        case 1:
            del copy[place:]
        case _:
            copy[place:place] = data[place : place + 4096] * chance.randint(1, 8)
    return bytes(copy)


def read_document(data: bytes) -> int:
    """The worker's peak memory in bytes; raises what reading raises."""
    found = tasks.summarize_file(data, WISH, None)
    assert found.source is not None
    for sentence in found.sentences:
        if found.source[sentence.start : sentence.end] != sentence.text:
            raise AssertionError(sentence)
    return _peak()


def read_feed(data: bytes) -> int:
    tasks.read_feed(data, "http://news.example/feed", "", None)
    return _peak()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


async def survive(samples: Iterator[tuple[str, bytes]], task: Task, seconds: float | None) -> None:
    """Read one after the other, and print what became of them."""
    outcomes: Counter[str] = Counter()
    times, peak = [], 0
    async with Children(workers=1) as children:
        await children.run(_nothing)
        for name, data in samples:
            begin = time.perf_counter()
            try:
                peak = max(peak, await children.run(task, data, seconds=seconds))
                outcomes["answered"] += 1
            except UserError as error:
                said = str(error)
                failed = any(part in said for part in FAILURES)
                outcomes["FAILED" if failed else "one sentence"] += 1
                if failed:
                    print(f"{name}: {said}")
            times.append(time.perf_counter() - begin)
    share = statistics.quantiles(times, n=100)[98] if len(times) > 1 else times[0]
    print(
        f"{len(times)} read: {dict(outcomes)}; p99 {share * 1e3:.0f} ms,"
        f" worst {max(times):.2f} s, peak {peak / 2**20:.0f} MB"
    )


def _nothing() -> int:
    return 0


def documents(files: Sequence[Path], *, lines: bool) -> Iterator[tuple[str, bytes]]:
    for file in files:
        if lines:
            for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
                yield f"{file.name}:{number}", json.loads(line)["text"].encode()
        else:
            yield str(file), file.read_bytes()


def copies(files: Sequence[Path], count: int) -> Iterator[tuple[str, bytes]]:
    chance = random.Random(7)
    for number in range(count):
        file = chance.choice(files)
        yield f"copy {number} of {file}", spoiled(file.read_bytes(), chance)


async def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("--feeds", action="store_true")
    options.add_argument("--jsonl", action="store_true")
    options.add_argument("--copies", type=int, default=0)
    given = options.parse_args()
    kind = "*.jsonl" if given.jsonl else "*"
    files = sorted(path for path in given.folder.rglob(kind) if path.is_file())
    task, seconds = (read_feed, FEED_SECONDS) if given.feeds else (read_document, None)
    await survive(documents(files, lines=given.jsonl), task, seconds)
    if given.copies:
        await survive(copies(files, given.copies), task, seconds)


if __name__ == "__main__":
    # By its name: workers can't find the functions of a module that is called __main__.
    from bench import survival  # noqa: PLW0406 - see above

    asyncio.run(survival.main())
