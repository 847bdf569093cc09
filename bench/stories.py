"""Stories: how well entries of one event are found together, beside TF-IDF cosine with the best
threshold there is; and how fast, through the store, with many entries stored.

    python -m bench.stories [FOLDER OF LABELLED SETS]
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import select

from bench.clustering import HEADING, agreement, baseline, mean
from bench.events import BEGIN, Labelled, articles, briefs, hard_cases, samples
from bot.models.headlines import HeadlineEntry
from bot.services import stories
from bot.store import migrate, seeds
from bot.store.database import Database
from bot.store.headlines import headlines

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.store.database import Connection

TIMES = range(4)
TUNED, REPORTED = 0, 1
NOW = BEGIN + timedelta(days=30)
# A made-up language with Zipf's frequencies: an event has words of its own.
WORDS, EVENT_WORDS, EVENT_SHARE = 50_000, 20, 0.25
BULK, STORED, TIMED = 20_000, 100_000, 200


@asynccontextmanager
async def database() -> AsyncIterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        db = await Database.open(f"sqlite+aiosqlite:///{folder}/bench.db")
        await migrate.upgrade(db)
        yield db
        await db.close()


async def shelve(db: Database, entries: Sequence[Labelled], first: int = 0) -> None:
    rows = [
        HeadlineEntry(
            key=str(number), language=entry.language, topic="world", title=entry.title,
            source=entry.source, url=f"https://example.org/{number}", published=entry.published,
            text=entry.text,
        )
        for number, entry in enumerate(entries, first)
    ]  # fmt: skip
    await db.write(seeds.apply, "headlines", rows, NOW, origin="import", prune=False)


async def stories_of(entries: Sequence[Labelled]) -> list[int]:
    """The story of each entry, found through the store."""

    def found(conn: Connection) -> dict[str, int]:
        rows = conn.execute(select(headlines.c.key, headlines.c.story_id))
        return dict(rows.all())

    async with database() as db:
        await shelve(db, entries)
        await stories.place_due(db, NOW)
        known = await db.read(found)
    return [known[str(number)] for number in range(len(entries))]


async def compare(name: str, sets: Sequence[Sequence[Labelled]]) -> None:
    how, usual = baseline(sets)
    ours = mean([
        agreement([entry.event for entry in entries], await stories_of(entries))
        for entries in sets
    ])  # fmt: skip
    print(f"{name}: {len(sets[0])} entries, {len({entry.event for entry in sets[0]})} events")
    print(f"  {f'TF-IDF cosine ({how})':36}{usual.row()}")
    print(f"  {'ours':36}{ours.row()}", flush=True)


async def quality(data: Path | None) -> None:
    print(f"{'':38}{HEADING}")
    if data is not None:
        for name, half in (("tuned on", TUNED), ("not tuned on", REPORTED)):
            await compare(f"articles, {name}", [articles(data, half, seed) for seed in TIMES])
            for kind in ("xsum", "lcsts"):
                sets = [briefs(data, kind, half, seed) for seed in TIMES]
                await compare(f"article and bare title, {kind}, {name}", sets)
    for language in ("en", "zh"):
        await compare(f"samples, {language}", [samples(language)])
        await compare(f"hard cases, {language}", [hard_cases(language)])


def stream(many: int, seed: int) -> list[Labelled]:
    """Entries of one to six sources on made-up events of five days."""
    random = Random(seed)
    ranks = [1 / (rank + 3) for rank in range(WORDS)]
    found: list[Labelled] = []
    while len(found) < many:
        begin = BEGIN + timedelta(days=random.uniform(0, 5))
        own = [f"n{random.randrange(10**9):x}" for _ in range(EVENT_WORDS)]
        for source in range(random.choice((1, 1, 1, 1, 2, 2, 3, 4, 6))):
            common = random.choices(range(WORDS), ranks, k=random.randrange(40, 250))
            words = [
                random.choice(own) if random.random() < EVENT_SHARE else f"w{word:x}"
                for word in common
            ]
            title, text = " ".join(words[:9]), " ".join(words[9:])
            at = begin + timedelta(hours=random.uniform(0, 12))
            found.append(Labelled(own[0], "en", title, text, f"paper {source}", at))
    return sorted(found[:many], key=lambda entry: entry.published)


async def speed(many: int) -> None:
    """Place `many` entries, then some more one by one."""
    entries = stream(many + TIMED, 1)
    more = Random(2).sample(range(many + TIMED), TIMED)
    last = [entries[number] for number in more]
    chosen = set(more)
    first = [entry for number, entry in enumerate(entries) if number not in chosen]
    async with database() as db:
        await shelve(db, first)
        begin = time.perf_counter()
        await stories.place_due(db, NOW)
        seconds = time.perf_counter() - begin
        times = []
        for number, entry in enumerate(last):
            await shelve(db, [entry], many + number)
            begin = time.perf_counter()
            await stories.place_due(db, NOW)
            times.append(1000 * (time.perf_counter() - begin))
        size = db.path.stat().st_size / 2**20 if db.path else 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{many} entries: {many / seconds:.0f} placed a second; with these stored one more takes "
        f"{statistics.median(times):.1f} ms, p99 {statistics.quantiles(times, n=100)[98]:.1f} ms; "
        f"the database {size:.0f} MB, peak memory {peak:.0f} MB (the entries themselves included)",
        flush=True,
    )


async def main(data: Path | None = None) -> None:
    await quality(data)
    for many in (BULK, STORED):
        await speed(many)


if __name__ == "__main__":
    import uvloop

    uvloop.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
