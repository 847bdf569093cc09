"""Writes the shelves into a content folder, or a .zip of one, that an import takes back."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import MAX_SENT_BYTES
from bot.content import SHELVES, tables, writing
from bot.content.folder import FEEDS
from bot.errors import UserError
from bot.models.messages import File
from bot.models.reports import ReportEntry
from bot.store import exports as rows

if TYPE_CHECKING:
    from bot.models.acts import TextEntry
    from bot.store.database import Database

AT_ONCE = 1_000
# For spreadsheets; an import reads the other files.
TABLES = "tables"


async def export(db: Database, folder: Path) -> Counter[str]:
    """Write all that was not brought by feeds; how many of each kind.

    Raises a UserError for a folder that has something in it.
    """
    make(folder)
    written: Counter[str] = Counter()
    for shelf in SHELVES:
        after = 0
        while True:
            some, after = await db.read(rows.entries, shelf, after, AT_ONCE)
            if not some:
                break
            await asyncio.to_thread(_write, folder / shelf, some)
            short = [each for each in some if not isinstance(each, ReportEntry)]
            if short:
                await asyncio.to_thread(tables.append, folder / TABLES / f"{shelf}.csv", short)
            written[shelf] += len(some)
    feeds = await db.read(rows.followed)
    await asyncio.to_thread((folder / FEEDS).write_bytes, writing.opml(feeds))
    written["feeds"] = len(feeds)
    return written


async def pack(db: Database) -> File:
    """The same as one .zip; a UserError if it is too large for a chat."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "content"
        await export(db, folder)
        packed = await asyncio.to_thread(_packed, folder)
    if len(packed) > MAX_SENT_BYTES:
        raise UserError("It is too large for Telegram: please use quipwire export DIR.")
    return File("quipwire-content.zip", packed)


def make(folder: Path) -> None:
    """A UserError for a folder that has something in it, or can't be made."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UserError("{folder} is not empty: please name a new folder.", folder=folder)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            "The folder {folder} can't be written: {why}.", folder=folder, why=error.strerror
        ) from None


def _packed(folder: Path) -> bytes:
    return Path(shutil.make_archive(str(folder), "zip", folder)).read_bytes()


def _write(folder: Path, some: list[TextEntry]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for entry in some:
        if isinstance(entry, ReportEntry):
            _free(folder, writing.name(entry.key)).write_text(
                writing.report(entry), encoding="utf-8", newline="\n"
            )
        else:
            with (folder / f"{entry.language}.jsonl").open("a", encoding="utf-8") as file:
                file.write(writing.line(entry))


def _free(folder: Path, name: str) -> Path:
    """A file of that name, or with a number if there is one."""
    names = (f"{name}{f'-{number}' if number else ''}.md" for number in range(10**6))
    return next(path for each in names if not (path := folder / each).exists())
