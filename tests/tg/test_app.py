"""The loops around the bot, which only a stop ends in peace."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot import app, jobs
from tests.tg.house import settings_for

if TYPE_CHECKING:
    from pathlib import Path

    from bot.playground import Playground


async def test_a_loop_that_breaks_ends_the_bot_with_its_error(
    telegram: Playground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("the clock is broken")

    monkeypatch.setattr(jobs, "tick_forever", broken)
    (tmp_path / "content").mkdir()
    settings = settings_for(telegram, data_dir=tmp_path, content_dir=tmp_path / "content")
    with pytest.raises(RuntimeError, match="the clock is broken"):
        await app.run(settings, asyncio.Event())
