"""quipwire import"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.child import Children, houses, limits
from bot.cli.check import progress, summary
from bot.cli.opened import is_absent, opened
from bot.config import Settings
from bot.content import Content, Shelf, folder, page, single
from bot.errors import UsageError, UserError
from bot.models.imports import Findings, Tally
from bot.models.said import Said
from bot.services import importing, moving, shelves
from bot.store import imports

MOST_SHOWN = 50
MANY_ENTRIES = 20_000
# How often another program hears how far it is.
STEPS_TOLD = 2_000


def import_(
    path: Annotated[Path, typer.Argument(help="A content file, folder or .zip, a page, or -.")],
    shelf: Annotated[Shelf | None, typer.Option(help="Where it belongs.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look; change nothing.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="A JSON object a line.")] = False,
    number: Annotated[int | None, typer.Option("--number", hidden=True)] = None,
    parent: Annotated[int | None, typer.Option("--parent", hidden=True)] = None,
) -> None:
    """Put jokes, headlines, reports and feeds on the shelves: all of a file or nothing."""
    if parent is not None:
        limits.die_with(parent)
    settings = Settings.load()
    if json_:
        with _errors_told():
            _as_json(settings, *_found(path, shelf), None if dry_run else (path.name, number))
        return
    if path.is_file() and moving.is_house(path.read_bytes()):
        typer.echo(_taken_in(settings, path, dry_run=dry_run))
        return
    content, note = _found(path, shelf)
    if content.problems:
        _refuse(content)
    if note:
        typer.echo(str(note))
    if not content.anything():
        raise UserError("{path} holds nothing to import.", path=path)
    if dry_run:
        for line in _dry(content, asyncio.run(_compared(settings, content))):
            typer.echo(line)
        return
    with progress("Importing", len(content), MANY_ENTRIES) as advance:
        typer.echo(_told(asyncio.run(_bring_in(settings, content, path.name, advance))))
    for line in _asides(content):
        typer.echo(line)


def _taken_in(settings: Settings, path: Path, *, dry_run: bool) -> str:
    """The people of another bot."""
    house = houses.read(path.read_bytes())
    if dry_run:
        return f"It has: {_many(moving.counts(house))}."
    added = asyncio.run(_take_in(settings, house))
    if not any(added.values()):
        return "All of it is here already, so nothing was changed."
    return f"Taken in: {_many(added)}. What was here already stays as it is."


async def _take_in(settings: Settings, house: houses.House) -> dict[str, int]:
    async with opened(settings, made=True) as db:
        return await moving.take_in(db, house, None, 0, datetime.now(UTC))


def _many(counts: dict[str, int]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {many:,}" for name, many in counts.items())


def _found(path: Path, shelf: Shelf | None) -> tuple[Content, Said | None]:
    """All that is there, and why a page goes where it does."""
    found = _look(path, shelf)
    return asyncio.run(_read(found)) if found.documents else found.content, found.note


def _look(path: Path, shelf: Shelf | None) -> shelves.Look:
    if str(path) == "-":
        return shelves.look_at(single.slurp(sys.stdin.buffer), page.STDIN, shelf)
    single.check_path(path)
    paths = folder.files(path) if path.is_dir() else [path]
    with progress("Reading", sum(each.stat().st_size for each in paths)) as advance:
        return shelves.look(path, shelf, advance)


async def _read(found: shelves.Look) -> Content:
    async with Children(workers=1) as children:
        return await importing.read_documents(children, found)


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


def _as_json(
    settings: Settings, content: Content, note: Said | None, go: tuple[str, int | None] | None
) -> None:
    """What was found, and unless it is a dry run how far the import is, and what it did."""
    findings = asyncio.run(_compared(settings, content, note))
    _say(_spoken(findings))
    if content.problems:
        raise typer.Exit(1)
    if go is not None:
        told = _Steps(len(content))
        _say(asdict(asyncio.run(_bring_in(settings, content, go[0], told, go[1]))))


def _spoken(found: Findings) -> dict[str, object]:
    """Sentences, and beside them what may be said in another language."""
    values = asdict(found)
    details = {name: values[name] for name in ("problems", "note")}
    note, problems = found.note and str(found.note), [str(each) for each in found.problems]
    return {**values, "problems": problems, "note": note, "details": details}


@contextmanager
def _errors_told() -> Iterator[None]:
    """Another program reads them as JSON, too, with what may be said in another language."""
    try:
        yield
    except UserError as error:
        _say({"error": str(error), **asdict(error.said)})
        raise typer.Exit(2 if isinstance(error, UsageError) else 1) from None


class _Steps:
    """Tells another program how far it is, now and then."""

    def __init__(self, total: int) -> None:
        self.done, self.told, self.total = 0, 0, total

    def __call__(self, step: int) -> None:
        self.done += step
        if self.done - self.told >= STEPS_TOLD:
            self.told = self.done
            _say({"done": self.done, "total": self.total})


def _say(values: dict[str, object]) -> None:
    print(json.dumps(values, ensure_ascii=False), flush=True)  # noqa: T201


async def _compared(settings: Settings, content: Content, note: Said | None = None) -> Findings:
    """Without a database everything is new, and none is made for a mere look."""
    if is_absent(settings):
        return await importing.compare(None, content, note)
    async with opened(settings, made=True) as db:
        return await importing.compare(db, content, note)


async def _bring_in(
    settings: Settings,
    content: Content,
    name: str,
    advance: Callable[[int], None],
    number: int | None = None,
) -> Tally:
    async with opened(settings, made=True) as db:
        now = datetime.now(UTC)
        await importing.rescue(db, now)
        one = await db.read(imports.find, number) if number is not None else None
        return await importing.bring_in(db, content, now, advance, one=one, name=name)


def _dry(content: Content, found: Findings) -> list[str]:
    tally = found.tally
    return [
        f"Nothing is wrong, and nothing was changed. It has {summary(content)}.",
        f"It would be: {tally.added:,} new, {tally.changed:,} changed, {tally.kept:,} as before.",
        *(f"{each.key}: {each.before} → {each.after}" for each in found.differences),
        *_asides(content),
    ]


def _asides(content: Content) -> list[str]:
    said = []
    if content.doubles:
        said.append(f"Left out, because they stand there twice: {content.doubles:,}.")
    if content.unfit:
        said.append(f"Left out, because they are marked as not for everybody: {content.unfit:,}.")
    if any(headline.sample for headline in content.headlines):
        said.append("The headlines of a content folder are samples: only the playground shows "
                    "them.")  # fmt: skip
    return said


def _told(done: Tally) -> str:
    if not done.added and not done.changed:
        what = "it was there already" if done.kept == 1 else f"all {done.kept:,} were there already"
        return f"Nothing changed: {what}. What an admin edited or removed stays so."
    return f"Imported: {done.added:,} new, {done.changed:,} changed, {done.kept:,} as before."
