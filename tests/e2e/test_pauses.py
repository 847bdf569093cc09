"""A pause that Telegram asks for is kept, also by the bot that is started next."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.store import pauses
from bot.store.database import Database
from tests.e2e.conftest import NOON, Clock, serving, settings_for

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from bot.config import Settings
    from bot.playground import Playground


async def noted(settings: Settings, bot_id: int) -> None:
    """Until the pause stands in the database."""
    db = await Database.open(settings.database)
    while await db.read(pauses.until, bot_id) is None:
        await asyncio.sleep(0)
    await db.close()


async def test_after_a_restart_nothing_is_asked_of_telegram_before_its_pause_is_over(
    world: Playground, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock, settings = Clock(NOON), settings_for(world, tmp_path)
    bot_id = int(world.token.partition(":")[0])
    world.faults.answer("setMyCommands", 429, retry_after=600)
    async with serving(settings, clock):
        await noted(settings, bot_id)
    before = len(world.calls)
    clock.turn(minutes=4)
    async with serving(settings, clock):
        while "a pause of 360 s" not in caplog.text:
            await asyncio.sleep(0)
        assert len(world.calls) == before
    clock.turn(minutes=6)
    ann = world.person("Ann")
    async with serving(settings, clock):
        await ann.send("/joke")
        assert (await ann.reply()).text


async def test_a_clock_that_is_wrong_makes_no_pause(world: Playground, tmp_path: Path) -> None:
    """A small computer without a battery wakes up in 1970."""
    clock, settings = Clock(NOON), settings_for(world, tmp_path)
    db = await Database.open(settings.database)
    bot_id = int(world.token.partition(":")[0])
    await db.write(pauses.keep, bot_id, NOON)
    await db.close()
    clock.turn(days=-19_000)
    ann = world.person("Ann")
    async with serving(settings, clock):
        await ann.send("/joke")
        assert (await ann.reply()).text
