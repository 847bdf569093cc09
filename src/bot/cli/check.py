"""quipwire check"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.config import Settings
from bot.content import Content, read_folder
from bot.errors import UserError
from bot.services.shelves import content_folder


def check(
    folder: Annotated[Path | None, typer.Argument(help="BOT_CONTENT_DIR when left out.")] = None,
) -> None:
    """Look through content files and name each problem with file and line."""
    chosen = folder or content_folder(Settings.load())
    if not chosen.is_dir():
        raise UserError("There is no folder {path}.", path=chosen)
    content = read_folder(chosen)
    for problem in content.problems:
        typer.echo(problem)
    typer.echo(summary(content))
    if content.problems:
        raise typer.Exit(1)


def summary(content: Content) -> str:
    """Counts in one line."""
    counts = {
        "jokes": len(content.jokes),
        "headlines": len(content.headlines),
        "reports": len(content.reports),
        "feeds": len(content.feeds),
        "problems": len(content.problems),
    }
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())
