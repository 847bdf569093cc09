"""quipwire export"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.config import Settings
from bot.errors import UserError
from bot.services import exporting
from bot.store import migrate
from bot.store.database import Database

if TYPE_CHECKING:
    from collections import Counter


def export(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder that is new or empty.")
    ],
) -> None:
    """Write jokes, reports, headlines and feeds into a content folder."""
    written = asyncio.run(_export(Settings.load(), directory))
    told = ", ".join(f"{many:,} {kind}" for kind, many in written.items())
    typer.echo(f"Written to {directory}: {told}.")


async def _export(settings: Settings, directory: Path) -> Counter[str]:
    db = await Database.open(settings.database)
    try:
        if await migrate.pending(db):
            raise UserError("The database has to be brought up to date first: quipwire migrate")
        return await exporting.export(db, directory)
    finally:
        await db.close()
