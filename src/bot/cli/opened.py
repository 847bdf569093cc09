"""The database for commands that work beside a running bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.config import Settings
from bot.errors import UserError
from bot.store import migrate
from bot.store.database import Database


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The settings' database, which has to be there and up to date."""
    _check(settings.database)
    db = await Database.open(settings.database)
    try:
        if await migrate.pending(db):
            raise UserError("The database has to be brought up to date first: quipwire migrate")
        yield db
    finally:
        await db.close()


def _check(url: str) -> None:
    path = Path(url.partition(":///")[2])
    if url.startswith("sqlite") and not path.exists():
        raise UserError("There is no database at {path} yet: start the bot first.", path=path)
