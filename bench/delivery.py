"""Digests on their way: beside a bare loop of `send_message`, due by the hundred thousand, under
Telegram's ceiling, killed, and a million of them stored."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pydantic import SecretStr
from sqlalchemy import insert, update
from telegram import Bot
from tests.e2e.kills import killed_fan_out

from bench.replies import OURS, ROUNDS, serving
from bench.startup import resident_megabytes
from bot.config import Settings
from bot.models.messages import Message
from bot.playground import Playground
from bot.playground.people import private_chat
from bot.services import outbox
from bot.store import migrate, subscriptions
from bot.store.chats import chats
from bot.store.database import Database
from bot.tg.connect import build, pulse_of
from bot.tg.courier import Courier
from bot.tg.window import MOST

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.models.deliveries import Delivery
    from bot.services.outbox import Compose
    from bot.store.database import Connection

# The playground's first person.
FIRST = 1001
NUMBER = 3_000
DUE = 100_000
CEILING, CEILING_SECONDS = 30, 60
STORED, FEW = 1_000_000, 100
KILLED, KILLS = 2_000, 100
TEXT = "One, it has been shortened as instructed. The other two are in the annex."
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


class Briefs:
    """The same for all: what is measured is their way."""

    async def composer(self, taken: Sequence[Delivery], now: datetime) -> Compose:
        def compose(conn: Connection, delivery: Delivery, now: datetime) -> Message:
            return Message.of(TEXT)

        return compose


def utc_now() -> datetime:
    return datetime.now(UTC)


def subscribe(conn: Connection, first: int, number: int) -> None:
    """Chats whose digest was due a minute ago."""
    due = (utc_now() - timedelta(minutes=1)).replace(second=0, microsecond=0)
    ids = range(first, first + number)
    place = {"kind": "private", "title": "", "language": "en"}
    seen = {"first_seen_at": YESTERDAY, "seen_at": YESTERDAY}
    conn.execute(insert(chats), [{"id": each, **place, **seen} for each in ids])
    plan: dict[str, Any] = {"shelves": "jokes", "topics": "", "weekdays": "0123456", "zone": "UTC"}
    plan |= {"times": str(due.hour * 60 + due.minute), "next_at": due, "created_at": YESTERDAY}
    rows = [{"chat_id": each, **plan} for each in ids]
    conn.execute(insert(subscriptions.subscriptions), rows)


@asynccontextmanager
async def database(number: int, folder: str | None = None) -> AsyncIterator[Database]:
    """With so many subscriptions that are due."""
    with tempfile.TemporaryDirectory() as made:
        db = await Database.open(f"sqlite+aiosqlite:///{folder or made}/quipwire.db")
        await migrate.upgrade(db)
        for start in range(0, number, 10_000):
            await db.write(subscribe, FIRST + start, min(10_000, number - start))
        yield db
        await db.close()


@asynccontextmanager
async def courier(telegram: Playground, db: Database, per_second: int) -> AsyncIterator[Courier]:
    """Ours, as `app.py` wires it, but for what it sends."""
    values = {name: field.default for name, field in Settings.model_fields.items()}
    values |= {"token": SecretStr(telegram.token), "api_url": telegram.url}
    settings = Settings.model_construct(**values | {"messages_per_second": per_second})
    application = build(settings)
    await application.initialize()
    briefs, pulse = cast("Any", Briefs()), pulse_of(application)
    yield Courier(application.bot, db, briefs.composer, pulse, utc_now, per_second=per_second)
    await application.shutdown()


def listeners(telegram: Playground, number: int) -> list[int]:
    people = [telegram.person(f"P{each}").user for each in range(number)]
    return [private_chat(telegram.world, user).id for user in people]


async def bare() -> float:
    """Messages a second of a loop over PTB's own Bot, which waits for each answer."""
    async with Playground() as telegram:
        ids = listeners(telegram, NUMBER)
        async with Bot(telegram.token, f"{telegram.url}/bot") as bot:
            begin = time.perf_counter()
            for number in ids:
                await bot.send_message(number, TEXT)
            return NUMBER / (time.perf_counter() - begin)


async def ours() -> float:
    """Messages a second from the moment they are due: claimed, posted, composed, sent, settled."""
    async with Playground() as telegram, database(NUMBER) as db:
        listeners(telegram, NUMBER)
        async with courier(telegram, db, 100_000) as sender:
            begin = time.perf_counter()
            await sender.claim(utc_now())
            await sender.run()
            seconds = time.perf_counter() - begin
        assert len(telegram.calls_of("sendMessage")) == NUMBER
        return NUMBER / seconds


async def claimed() -> float:
    """Due subscriptions claimed and posted in a minute."""
    async with database(DUE) as db:
        begin = time.perf_counter()
        assert await outbox.claim_due(db, utc_now()) == DUE
        return DUE / (time.perf_counter() - begin) * 60


async def ceiling() -> tuple[float, int]:
    """The share of Telegram's ceiling that is used, and how often it said that it was too much."""
    number = CEILING * CEILING_SECONDS
    async with Playground() as telegram, database(number) as db:
        listeners(telegram, number)
        limit = telegram.faults.limit(per_second=CEILING)
        async with courier(telegram, db, CEILING) as sender:
            await sender.claim(utc_now())
            begin = time.perf_counter()
            await sender.run()
            seconds = time.perf_counter() - begin
        return number / seconds / CEILING, limit.refused


async def memory() -> float:
    """Megabytes of the bot, which sent a few digests, with a million subscriptions stored."""
    with tempfile.TemporaryDirectory() as folder:
        async with database(STORED, folder) as db:
            await db.write(put_off)
        async with Playground() as telegram:
            listeners(telegram, FEW)
            async with serving(telegram, OURS[0], Path(folder)) as pid:
                while len(telegram.calls_of("sendMessage")) < FEW:
                    await telegram.world.changed()
                return resident_megabytes(pid)


def put_off(conn: Connection) -> None:
    """All but a few are due tomorrow."""
    rows = subscriptions.subscriptions
    many = rows.c.chat_id >= FIRST + FEW
    conn.execute(update(rows).where(many).values(next_at=utc_now() + timedelta(days=1)))


async def kills() -> None:
    with tempfile.TemporaryDirectory() as folder:
        outcome = await killed_fan_out(
            Path(folder), KILLED, KILLS, random.Random(1), per_second=CEILING
        )
    each = outcome.doubled / outcome.kills
    print(
        f"{outcome.kills} kills in a fan-out to {KILLED} chats: {outcome.lost} lost (0), "
        f"{outcome.doubled} doubled ({each:.1f} a kill; never above {MOST})"
    )


async def main() -> None:
    ratios = []
    for number in range(ROUNDS):
        loop, outbox_ = await bare(), await ours()
        ratios.append(outbox_ / loop)
        print(f"round {number + 1}: bare loop {loop:5.0f}/s   whole outbox {outbox_:5.0f}/s")
    print(f"messages a second, outbox : bare loop = {statistics.median(ratios):.2f} (0.70 or more)")
    print(f"due digests claimed and posted a minute: {await claimed():,.0f} (100,000 or more)")
    used, refused = await ceiling()
    print(f"at {CEILING}/s: {used:.1%} of the ceiling used (95 % or more), {refused} times 429 (0)")
    print(f"with {STORED:,} subscriptions stored: {await memory():.0f} MB (under 200)")
    await kills()


if __name__ == "__main__":
    import uvloop

    uvloop.run(main())
