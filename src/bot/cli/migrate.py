"""quipwire migrate"""

from __future__ import annotations

import asyncio

import typer

from bot.config import Settings
from bot.store.database import Database
from bot.store.lock import lock_data
from bot.store.migrate import pending, upgrade


def migrate() -> None:
    """Bring the database up to date (for SQLite this also happens at start)."""
    settings = Settings.load()
    with lock_data(settings.data_dir):
        asyncio.run(_migrate(settings))


async def _migrate(settings: Settings) -> None:
    db = await Database.open(settings.database)
    try:
        due = await pending(db)
        await upgrade(db)
    finally:
        await db.close()
    typer.echo("The database is up to date now." if due else "The database was up to date already.")
