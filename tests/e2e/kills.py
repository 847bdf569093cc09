"""A fan-out to many chats by a bot that is killed without warning, again and again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.models.chats import Chat
from bot.models.subscriptions import EVERY_DAY, Plan, Schedule
from bot.playground import Playground
from bot.playground.people import private_chat
from bot.playground.waiting import PATIENCE, until
from bot.store import chats, migrate, subscriptions
from bot.store.database import Database
from tests.e2e.test_crash import process

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence
    from pathlib import Path

    from bot.playground.world import Event
    from bot.store.database import Connection


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often it was killed in the middle, how many chats heard nothing, and how many messages
    came that had come before.
    """

    kills: int
    lost: int
    doubled: int


async def killed_fan_out(
    folder: Path, number: int, kills: int, dice: random.Random, *, per_second: int
) -> Outcome:
    """Send a digest to so many chats. The kills come at random points of it, each after something
    was sent, so that there may be fewer of them.
    """
    done = 0
    async with Playground() as telegram:
        people = [telegram.person(f"P{each}").user for each in range(number)]
        ids = [private_chat(telegram.world, user).id for user in people]
        await subscribe(folder, ids)
        heard = Counter[int]()
        telegram.world.listen(partial(_note, heard))
        for point in sorted(dice.sample(range(1, number), kills)):
            if len(heard) < number:
                async with process(telegram, folder, per_second=per_second):
                    await _reached(telegram, heard, max(point, len(heard) + 1))
                done += 1
        async with process(telegram, folder):
            await _reached(telegram, heard, number)
            await telegram.quiet()
    return Outcome(done, number - len(heard), heard.total() - len(heard))


async def subscribe(folder: Path, ids: Sequence[int]) -> None:
    """All are subscribed since yesterday, and due by now."""
    db = await Database.open(f"sqlite+aiosqlite:///{folder}/quipwire.db")
    await migrate.upgrade(db)
    await db.write(_subscribe, ids)
    await db.close()


def _subscribe(conn: Connection, ids: Sequence[int]) -> None:
    now = datetime.now(UTC)
    due = now - timedelta(minutes=1)
    schedule = Schedule((time(due.hour, due.minute),), EVERY_DAY, "UTC")
    yesterday = now - timedelta(days=1, minutes=2)
    for number in ids:
        chats.remember(conn, Chat(number, "private", "", "en"), None, yesterday)
        plan = Plan(("jokes",), (), schedule)
        subscriptions.add(conn, number, None, plan, number, due - timedelta(hours=1))


def _note(heard: Counter[int], event: Event) -> None:
    if event.kind == "message":
        heard[event.chat_id] += 1


async def _reached(telegram: Playground, heard: Counter[int], point: int) -> None:
    """Until so many have heard."""
    await until(telegram.world, lambda: len(heard) >= point, f"{point} digests", PATIENCE)
