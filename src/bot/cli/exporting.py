"""quipwire export"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opened import opened
from bot.config import Settings
from bot.services import exporting, moving

if TYPE_CHECKING:
    from collections import Counter


def export(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder that is new or empty.")
    ],
    people: Annotated[
        bool, typer.Option("--people", help="What people set, as one file for another bot.")
    ] = False,
) -> None:
    """Write jokes, reports, headlines and feeds into a content folder."""
    if people:
        typer.echo(asyncio.run(_people(Settings.load(), directory)))
        return
    written = asyncio.run(_export(Settings.load(), directory))
    told = ", ".join(f"{many:,} {kind}" for kind, many in written.items())
    typer.echo(f"Written to {directory}: {told}.")


async def _people(settings: Settings, directory: Path) -> str:
    async with opened(settings) as db:
        file = await moving.pack(db)
    exporting.make(directory)
    path = directory / file.name
    path.write_bytes(file.content)
    path.chmod(0o600)
    return f"Written to {path}. It is about people: keep it to yourself."


async def _export(settings: Settings, directory: Path) -> Counter[str]:
    async with opened(settings) as db:
        return await exporting.export(db, directory)
