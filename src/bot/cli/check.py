"""quipwire check"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.config import Settings
from bot.content import SHELVES, Content, folder, read_folder, single
from bot.errors import UserError
from bot.services.shelves import content_folder

# Below this, reading is done before a bar could be seen.
BIG_BYTES = 4 * 2**20


def check(
    directory: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="BOT_CONTENT_DIR when left out.", show_default=False),
    ] = None,
) -> None:
    """Look through content files and name each problem with file and line."""
    chosen = directory or content_folder(Settings.load())
    with progress("Reading", sum(path.stat().st_size for path in files(chosen))) as advance:
        content = read_folder(chosen, advance)
    for problem in content.problems:
        typer.echo(str(problem))
    show_counts(content)
    if content.problems:
        raise typer.Exit(1)


def files(chosen: Path) -> list[Path]:
    """The files of a content folder, of which there has to be one."""
    if not chosen.is_dir():
        raise UserError("There is no folder {path}.", path=chosen)
    single.check_path(chosen)
    return folder.files(chosen)


@contextmanager
def progress(label: str, total: int, big: int = BIG_BYTES) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal where there is much to do; gives what is to be told of each step."""
    console = Console(stderr=True)
    if total < big or not console.is_terminal:
        yield lambda _: None
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda step: bar.advance(task, step)


def show_counts(content: Content) -> None:
    """How many there are of each kind in each language: a table on a terminal, else lines."""
    console = Console()
    counts = _counts(content)
    if not console.is_terminal:
        for kind, languages in counts.items():
            typer.echo(f"{kind}: {_line(languages)}")
        typer.echo(f"problems: {len(content.problems):,}")
        return
    table = Table("", "all", "languages")
    for kind, languages in counts.items():
        table.add_row(kind, f"{languages.total():,}", _each(languages))
    table.add_row("problems", f"{len(content.problems):,}", "")
    console.print(table)


def summary(content: Content) -> str:
    """What there is, in a few words."""
    counts = ((kind, languages) for kind, languages in _counts(content).items() if languages)
    return "; ".join(f"{kind}: {_line(languages)}" for kind, languages in counts) or "nothing"


def _counts(content: Content) -> dict[str, Counter[str]]:
    return {
        kind: Counter(entry.language for entry in getattr(content, kind))
        for kind in (*SHELVES, "feeds")
    }


def _line(languages: Counter[str]) -> str:
    return f"{languages.total():,} ({_each(languages)})" if languages else "0"


def _each(languages: Counter[str]) -> str:
    return ", ".join(f"{count:,} {language}" for language, count in languages.most_common())
