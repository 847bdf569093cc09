"""The real bot against the playground, over real HTTP. One pair serves the tests that need no
settings of their own; each test brings its own people, so none sees another's chats."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from bot import app
from bot.config import Settings
from bot.playground import Playground
from bot.store.database import Database
from bot.tg import progress

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path


NOON = datetime(2024, 5, 1, 12, 14, tzinfo=UTC)


class Clock:
    """A bot's clock that a test moves on."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def turn(self, **passed: float) -> None:
        self.moment += timedelta(**passed)


# A database with the content on its shelves: most bots begin with a copy, which saves a second.
STOCKED: list[Path] = []


@pytest.fixture(scope="session", autouse=True)
async def stocked(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("stocked")
    settings = Settings.model_construct(**_defaults() | {"data_dir": folder})
    db = await Database.open(settings.database)
    await app.prepare(db, settings, app.utc_now())
    await db.close()
    STOCKED.append(folder / "quipwire.db")


def settings_for(telegram: Playground, folder: Path, **changes: Any) -> Settings:
    """Settings of a bot at this playground, paced so that no test waits for a limit."""
    if not changes.keys() & {"content_dir", "database_url"} and not any(folder.glob("*.db")):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(STOCKED[0], folder / "quipwire.db")
    values: dict[str, Any] = {
        "token": SecretStr(telegram.token),
        "api_url": telegram.url,
        "data_dir": folder,
        "messages_per_second": 1000,
        "chat_messages_per_second": 100.0,
        "group_messages_per_minute": 6000,
    }
    return Settings.model_construct(**{**_defaults(), **values, **changes})


def _defaults() -> dict[str, Any]:
    return {name: field.default for name, field in Settings.model_fields.items()}


@asynccontextmanager
async def serving(
    settings: Settings, now: Callable[[], datetime] = app.utc_now
) -> AsyncIterator[None]:
    """The bot, running in this process until the block ends."""
    stop = asyncio.Event()
    task = asyncio.create_task(app.run(settings, stop, now=now, samples=True))
    try:
        yield
    finally:
        stop.set()
        await task


def running(world: Playground, folder: Path, clock: Clock) -> AbstractAsyncContextManager[None]:
    """The bot with the samples on its shelves, until the block ends."""
    return serving(settings_for(world, folder, tick_seconds=0.02), clock)


@pytest.fixture(autouse=True)
def no_notices(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a slow machine a notice of progress would come where a test expects the answer."""

    async def beats() -> AsyncIterator[None]:
        await asyncio.Event().wait()
        yield

    monkeypatch.setattr(progress, "beats", beats)


@pytest.fixture(scope="session")
async def telegram() -> AsyncIterator[Playground]:
    async with Playground() as playground:
        yield playground


@pytest.fixture(scope="session", autouse=True)
async def bot(
    telegram: Playground, stocked: None, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[None]:
    folder = tmp_path_factory.mktemp("data")
    async with serving(settings_for(telegram, folder)):
        yield


@pytest.fixture
async def world() -> AsyncIterator[Playground]:
    """One of the test's own."""
    async with Playground() as made:
        yield made


@pytest.fixture
async def clock(world: Playground, tmp_path: Path) -> AsyncIterator[Clock]:
    """Of a bot in that world, whose jobs look at it all the time."""
    made = Clock(NOON)
    async with running(world, tmp_path, made):
        yield made
