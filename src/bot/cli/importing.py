"""quipwire import"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.cli.check import summary
from bot.config import Settings
from bot.content import Content
from bot.services import shelves
from bot.store import migrate
from bot.store.database import Database


class Shelf(StrEnum):
    """The three shelves, as an option's choices."""

    JOKES = "jokes"
    HEADLINES = "headlines"
    REPORTS = "reports"


def import_(
    path: Annotated[Path, typer.Argument(help="A content file or folder, or a saved page.")],
    shelf: Annotated[Shelf | None, typer.Option(help="Where it belongs.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look; change nothing.")] = False,
) -> None:
    """Put jokes, headlines, a report or a saved page on the shelves."""
    settings = Settings.load()
    with Console(stderr=True).status(f"Reading {path.name} ..."):
        content, placed = shelves.look(path, shelf.value if shelf else None)
    for problem in content.problems:
        typer.echo(problem)
    if placed:
        typer.echo(placed)
    if content.problems:
        typer.echo(f"Nothing was imported: {summary(content)}.")
        raise typer.Exit(1)
    if dry_run:
        typer.echo(f"Would import {summary(content)}.")
        return
    with Console(stderr=True).status("Importing ..."):
        asyncio.run(_bring_in(settings, content))


async def _bring_in(settings: Settings, content: Content) -> None:
    db = await Database.open(settings.database)
    try:
        if db.dialect == "sqlite":
            await migrate.upgrade(db)
        applied = await shelves.bring_in(db, content, datetime.now(UTC))
    finally:
        await db.close()
    for shelf, done in applied.items():
        if done.added or done.changed or done.kept:
            typer.echo(
                f"{shelf}: {done.added:,} new, {done.changed:,} changed, {done.kept:,} as before"
            )
