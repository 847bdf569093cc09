"""A database and a Telegram of its own for every test that asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.playground import Playground
from bot.store.database import Database
from bot.store.migrate import upgrade
from bot.tg.retry import Retry

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/quipwire.db")
    await upgrade(database)
    yield database
    await database.close()


@pytest.fixture
async def telegram() -> AsyncIterator[Playground]:
    async with Playground() as playground:
        yield playground


@pytest.fixture
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """What may be repeated is repeated at once."""
    monkeypatch.setattr(Retry, "pause", lambda _: 0.0)
