"""The database for commands that work beside a running bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.config import Settings
from bot.errors import UserError
from bot.store import migrate
from bot.store.database import Database, place_of


@asynccontextmanager
async def opened(settings: Settings, *, made: bool = False) -> AsyncIterator[Database]:
    """The settings' database, up to date; a file that is not there is `made`, or a UserError."""
    absent = is_absent(settings)
    async with present(settings, made=made) as db:
        if absent:
            await migrate.upgrade(db)
        elif await migrate.pending(db):
            raise UserError(migrate.BEHIND)
        yield db


@asynccontextmanager
async def present(settings: Settings, *, made: bool = False) -> AsyncIterator[Database]:
    """The settings' database as it is; a UserError if it is a file that is not there."""
    if is_absent(settings) and not made:
        path = place_of(settings.database)
        raise UserError("There is no database at {path} yet: start the bot first.", path=path)
    db = await Database.open(settings.database)
    try:
        yield db
    finally:
        await db.close()


def is_absent(settings: Settings) -> bool:
    """Whether it would be a file that nobody has made yet."""
    file = place_of(settings.database)
    return file is not None and not file.exists()


def at_home(settings: Settings) -> Settings:
    """The settings with the folder and the database of the playground's own."""
    home = settings.data_dir / "playground"
    return settings.model_copy(update={"data_dir": home, "database_url": None})
