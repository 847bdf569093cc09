"""Seconds from the start of the process to the first answered update, and idle memory."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from bench.replies import OURS, serving
from bot.playground import Playground

RUNS = 5


def resident_megabytes(pid: int) -> float:
    """Resident memory of one process (Linux)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise LookupError("VmRSS")


async def measure(data: Path) -> tuple[float, float]:
    async with Playground() as telegram:
        ann = telegram.person("Ann")
        await ann.send("/joke")
        begin = time.perf_counter()
        async with serving(telegram, OURS[0], data) as pid:
            await ann.reply()
            seconds = time.perf_counter() - begin
            await asyncio.sleep(5)
            return seconds, resident_megabytes(pid)


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        first = [await measure(Path(folder) / str(number)) for number in range(RUNS)]
        again = [await measure(Path(folder) / "0") for _ in range(RUNS)]
    for name, rows in (("first start", first), ("later starts", again)):
        seconds = statistics.median(row[0] for row in rows)
        memory = max(row[1] for row in rows)
        print(f"{name}: {seconds:.2f} s to the first answer (under 2); idle {memory:.0f} MB (<150)")


if __name__ == "__main__":
    asyncio.run(main())
