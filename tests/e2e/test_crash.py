"""Killed without warning, again and again: no update is lost, nobody gets two jokes for one."""

from __future__ import annotations

import asyncio
import os
import random
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.playground import Playground
from bot.playground.waiting import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable
    from pathlib import Path

    from bot.playground import Person

# Where no proxy listens: the feeds of the seed are not asked from a test.
NOBODY = "http://127.0.0.1:9"
PEOPLE, EACH, KILLS = 50, 10, 10


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
        self._one_more = asyncio.Event()
        self._tasks = [asyncio.create_task(self._listen(person)) for person in people]

    async def more(self, answers: int) -> None:
        """Wait for so many more answers."""
        enough = sum(map(len, self.heard.values())) + answers
        await self._until(lambda texts: sum(map(len, texts)) >= enough)

    async def different(self, jokes: int) -> None:
        """Wait for so many jokes, different for each person: each request has one of its own."""
        await self._until(lambda texts: sum(len(set(each)) for each in texts) >= jokes)

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def _until(self, look: Callable[[Iterable[list[str]]], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not look(self.heard.values()):
                await self._one_more.wait()
                self._one_more.clear()

    async def _listen(self, person: Person) -> None:
        while True:
            self.heard[person.id].append((await person.reply(within=10 * PATIENCE)).text)
            self._one_more.set()


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
                await listener.more(dice.randrange(1, share))
        async with process(telegram, tmp_path):
            for sender in senders[KILLS * share :]:
                await sender.send("/joke")
            await listener.different(len(senders))
        listener.stop()
        assert {len(set(texts)) for texts in listener.heard.values()} == {EACH}
