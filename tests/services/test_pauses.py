"""A pause of Telegram's is remembered as long as it is, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.services import pauses
from tests.store.samples import BOT, NOW, later

if TYPE_CHECKING:
    from bot.store.database import Database


async def test_a_pause_is_over_when_its_time_is(db: Database) -> None:
    assert await pauses.left(db, BOT, NOW) == 0
    await pauses.keep(db, BOT, 90, NOW)
    assert await pauses.left(db, BOT, later(30)) == 60
    assert await pauses.left(db, BOT + 1, later(30)) == 0
    assert await pauses.left(db, BOT, later(91)) == 0


async def test_a_shorter_one_does_not_end_a_longer_one(db: Database) -> None:
    await pauses.keep(db, BOT, 600, NOW)
    await pauses.keep(db, BOT, 5, later(1))
    assert await pauses.left(db, BOT, later(1)) == 599
    await pauses.keep(db, BOT, 900, later(2))
    assert await pauses.left(db, BOT, later(2)) == 900


@pytest.mark.parametrize("seconds", [10.0**12, 86_400.0])
async def test_no_pause_is_longer_than_a_day(db: Database, seconds: float) -> None:
    await pauses.keep(db, BOT, seconds, NOW)
    assert await pauses.left(db, BOT, NOW) == timedelta(days=1).total_seconds()
    await pauses.keep(db, BOT, 5, NOW - timedelta(days=9_000))
    assert await pauses.left(db, BOT, NOW - timedelta(days=9_000)) == 5
