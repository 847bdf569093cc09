"""quipwire import"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.check import progress, summary
from bot.config import Settings
from bot.content import Content, Shelf, folder, page, single
from bot.errors import UserError
from bot.services import shelves
from bot.store import migrate
from bot.store.database import Database
from bot.store.seeds import Applied

MOST_SHOWN = 50
MANY_ENTRIES = 20_000


def import_(
    path: Annotated[Path, typer.Argument(help="A content file or folder, a saved page, or -.")],
    shelf: Annotated[Shelf | None, typer.Option(help="Where it belongs.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look; change nothing.")] = False,
) -> None:
    """Put jokes, headlines, a report or a saved page on the shelves."""
    settings = Settings.load()
    found = _look(path, shelf)
    content = found.content
    if content.problems:
        _refuse(content)
    if found.note:
        typer.echo(found.note)
    if not any(content.entries()):
        raise UserError("{path} holds nothing to import.", path=path)
    if dry_run:
        typer.echo(f"Nothing is wrong, and nothing was changed. It has {summary(content)}.")
        return
    typer.echo(_told(asyncio.run(_bring_in(settings, content))))
    if any(headline.sample for headline in content.headlines):
        typer.echo("The headlines of a content folder are samples: only the playground shows them.")


def _look(path: Path, shelf: Shelf | None) -> shelves.Look:
    if str(path) == "-":
        return shelves.look_at(single.slurp(sys.stdin.buffer), page.STDIN, shelf)
    single.check_path(path)
    paths = folder.files(path) if path.is_dir() else [path]
    with progress("Reading", sum(each.stat().st_size for each in paths)) as advance:
        return shelves.look(path, shelf, advance)


def _refuse(content: Content) -> None:
    for problem in content.problems[:MOST_SHOWN]:
        typer.echo(str(problem), err=True)
    many = len(content.problems)
    if many > MOST_SHOWN:
        typer.echo(f"... and {many - MOST_SHOWN:,} more.", err=True)
    raise UserError(
        "Nothing was imported, because of {problems}. Please mend that and import again.",
        problems="one problem" if many == 1 else f"{many:,} problems",
    )


async def _bring_in(settings: Settings, content: Content) -> Applied:
    absent = settings.database.startswith("sqlite") and not _file(settings.database).exists()
    db = await Database.open(settings.database)
    try:
        if absent:
            await migrate.upgrade(db)
        elif await migrate.pending(db):
            raise UserError("The database has to be brought up to date first: quipwire migrate")
        total = sum(1 for _ in content.entries())
        with progress("Importing", total, MANY_ENTRIES) as advance:
            return await shelves.bring_in(db, content, datetime.now(UTC), advance)
    finally:
        await db.close()


def _file(url: str) -> Path:
    return Path(url.partition(":///")[2])


def _told(done: Applied) -> str:
    if not done.added and not done.changed:
        what = "it was there already" if done.kept == 1 else f"all {done.kept:,} were there already"
        return f"Nothing changed: {what}. What an admin edited or removed stays so."
    return f"Imported: {done.added:,} new, {done.changed:,} changed, {done.kept:,} as before."
