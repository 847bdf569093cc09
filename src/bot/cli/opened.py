"""The database for commands that work beside a running bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.config import Settings
from bot.errors import UserError
from bot.store import migrate
from bot.store.database import Database, place_of


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The settings' database, which has to be there and up to date."""
    async with present(settings) as db:
        if await migrate.pending(db):
            raise UserError("The database has to be brought up to date first: quipwire migrate")
        yield db


@asynccontextmanager
async def present(settings: Settings) -> AsyncIterator[Database]:
    """The settings' database, which has to be there."""
    path = place_of(settings.database)
    if path is not None and not path.exists():
        raise UserError("There is no database at {path} yet: start the bot first.", path=path)
    db = await Database.open(settings.database)
    try:
        yield db
    finally:
        await db.close()


def at_home(settings: Settings) -> Settings:
    """The settings with the folder and the database of the playground's own."""
    home = settings.data_dir / "playground"
    return settings.model_copy(update={"data_dir": home, "database_url": None})
