"""Killed without warning, again and again: no update is lost, nobody gets two jokes for one."""

from __future__ import annotations

import asyncio
import os
import random
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.playground import Playground
from bot.playground.waiting import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.playground import Person

# Where no proxy listens: the feeds of the seed are not asked from a test.
NOBODY = "http://127.0.0.1:9"
PEOPLE, EACH, KILLS = 50, 10, 10
PATIENCE = 60


@asynccontextmanager
async def process(
    telegram: Playground, data: Path, *, per_second: int = 10_000
) -> AsyncIterator[None]:
    """The bot as a process of its own, killed at the end of the block."""
    environment = {
        **os.environ,
        "BOT_API_URL": telegram.url,
        "BOT_TOKEN": telegram.token,
        "BOT_DATA_DIR": str(data),
        "BOT_MESSAGES_PER_SECOND": str(per_second),
        "BOT_CHAT_MESSAGES_PER_SECOND": "1000",
        "BOT_LOG_LEVEL": "error",
        "BOT_WEB_PROXY": NOBODY,
    }
    command = [sys.executable, "-m", "bot", "run"]
    bot = await asyncio.create_subprocess_exec(*command, env=environment)
    try:
        yield
    finally:
        bot.kill()
        await bot.wait()


class Listener:
    """Reads what each person is told."""

    def __init__(self, people: list[Person]) -> None:
        self.heard: dict[int, list[str]] = {person.id: [] for person in people}
        self._tasks = [asyncio.create_task(self._listen(person)) for person in people]

    async def more(self, answers: int, telegram: Playground) -> None:
        """Wait for so many more answers."""
        enough = self._answers() + answers
        await until(
            telegram.world, lambda: self._answers() >= enough, f"{enough} answers", PATIENCE
        )

    def different(self) -> int:
        """Different jokes over all people: each request has one of its own."""
        return sum(len(set(texts)) for texts in self.heard.values())

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()

    def _answers(self) -> int:
        return sum(map(len, self.heard.values()))

    async def _listen(self, person: Person) -> None:
        while True:
            self.heard[person.id].append((await person.reply(within=10 * PATIENCE)).text)


async def test_ten_kills_while_500_updates_arrive_lose_none_and_tell_no_second_joke(
    tmp_path: Path,
) -> None:
    dice = random.Random(20)
    async with Playground() as telegram:
        people = [telegram.person(f"P{number}") for number in range(PEOPLE)]
        listener = Listener(people)
        senders = [person for person in people for _ in range(EACH)]
        dice.shuffle(senders)
        share = len(senders) // (KILLS + 1)
        for kill in range(KILLS):
            async with process(telegram, tmp_path):
                for sender in senders[kill * share : (kill + 1) * share]:
                    await sender.send("/joke")
                await listener.more(dice.randrange(1, share), telegram)
        async with process(telegram, tmp_path):
            for sender in senders[KILLS * share :]:
                await sender.send("/joke")
            await until(
                telegram.world,
                lambda: listener.different() >= len(senders),
                "an answer to everything",
                PATIENCE,
            )
        listener.stop()
        assert {len(set(texts)) for texts in listener.heard.values()} == {EACH}
