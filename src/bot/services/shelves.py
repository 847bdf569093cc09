"""Puts content on the shelves: the seed at every start, imports when a host asks for one."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from charset_normalizer import from_bytes

from bot.config import MAX_DOWNLOAD_BYTES
from bot.content import Content, read_file, read_folder
from bot.errors import UsageError, UserError
from bot.models.jokes import JokeEntry
from bot.models.reports import ReportEntry
from bot.reading.numbering import number_of
from bot.reading.page import recognise
from bot.store import seeds
from bot.words.count import count_words
from bot.words.language import detect

if TYPE_CHECKING:
    from datetime import datetime

    from bot.config import Settings
    from bot.models.headlines import HeadlineEntry
    from bot.store.database import Connection, Database

log = logging.getLogger(__name__)

Shelf = Literal["jokes", "headlines", "reports"]
SHELVES: tuple[Shelf, ...] = ("jokes", "headlines", "reports")
# A text of so many words, or with numbered sections, is a report whatever its page says.
REPORT_WORDS = 500


def content_folder(settings: Settings) -> Path:
    """BOT_CONTENT_DIR, ./content, or what came with the program; a UsageError if it is missing."""
    if settings.content_dir.is_dir():
        return settings.content_dir
    if "content_dir" in settings.model_fields_set and settings.content_dir != Path("content"):
        raise UsageError("BOT_CONTENT_DIR: there is no folder {path}.", path=settings.content_dir)
    packed, checkout = Path(__file__).parents[1] / "seed", Path(__file__).parents[3] / "content"
    return packed if packed.is_dir() else checkout


async def seed(db: Database, folder: Path, now: datetime) -> None:
    """Bring the shelves in line with the content files, if these changed since the last time.

    Broken lines are logged and left out; a shelf with any of them loses nothing it had.
    """
    digest = await asyncio.to_thread(_digest, folder)
    if await db.read(seeds.digest, "content") == digest:
        return
    content = await asyncio.to_thread(read_folder, folder)
    for problem in content.problems:
        log.warning("%s", problem)

    def work(conn: Connection) -> None:
        _apply(conn, content, now, origin="seed")
        seeds.set_digest(conn, "content", digest)

    await db.write(work)


def look(path: Path, shelf: Shelf | None) -> tuple[Content, str | None]:
    """What a folder, a content file or a page holds, and for a page where it goes and why."""
    if path.is_dir():
        return read_folder(path), None
    if not path.is_file():
        raise UserError("There is no file {path}.", path=path)
    if path.suffix in (".jsonl", ".md"):
        return read_file(path, shelf), None
    return _page(path, shelf)


async def bring_in(db: Database, content: Content, now: datetime) -> dict[Shelf, seeds.Applied]:
    """Add entries to the shelves, all of them or, if anything fails, none."""

    def work(conn: Connection) -> dict[Shelf, seeds.Applied]:
        return _apply(conn, content, now, origin="import")

    return await db.write(work)


def _apply(
    conn: Connection, content: Content, now: datetime, *, origin: Literal["seed", "import"]
) -> dict[Shelf, seeds.Applied]:
    broken = {problem.file.split("/")[0] for problem in content.problems}
    entries: dict[Shelf, list[JokeEntry] | list[HeadlineEntry] | list[ReportEntry]] = {
        "jokes": content.jokes,
        "headlines": content.headlines,
        "reports": content.reports,
    }
    return {
        shelf: seeds.apply(
            conn, shelf, found, now, origin=origin, prune=origin == "seed" and shelf not in broken
        )
        for shelf, found in entries.items()
    }


def _page(path: Path, shelf: Shelf | None) -> tuple[Content, str]:
    """A plain text or a saved page; its path of breadcrumbs is a hint, not an order."""
    text = _decoded(path)
    page, language = recognise(text), detect(text)
    language = language if language in ("en", "zh") else "en"
    hint = page.section_hint or ""
    why = _reason(page.body) if shelf is None else "--shelf says so"
    chosen = shelf or ("reports" if why else "jokes" if "joke" in hint.lower() else None)
    key = f"page-{hashlib.sha256(text.encode()).hexdigest()[:20]}"
    content = Content()
    if chosen == "reports":
        title = page.title or path.stem
        content.add(ReportEntry(key, language, title, page.body.strip()), path.name, 1)
    elif chosen == "jokes":
        content.add(JokeEntry(key, language, "reading", page.body.strip()), path.name, 1)
        why = why or f"the page files it under “{hint}”"
    elif chosen == "headlines":
        raise UserError("A headline needs its link and date: please import it as a .jsonl line.")
    else:
        raise UserError("This is no long text: say with --shelf where it belongs.")
    return content, f"To the {chosen} shelf: {why}."


def _reason(body: str) -> str | None:
    words = count_words(body)
    if words >= REPORT_WORDS:
        return f"a text of {words:,} words"
    numbered = sum(number_of(line) is not None for line in body.splitlines())
    return "it has numbered sections" if numbered > 1 else None


def _decoded(path: Path) -> str:
    megabytes = MAX_DOWNLOAD_BYTES // 1024 // 1024
    if path.stat().st_size > MAX_DOWNLOAD_BYTES:
        raise UserError("{file} is too large ({limit} MB at most).", file=path, limit=megabytes)
    raw = path.read_bytes()
    if not raw.strip():
        raise UserError("{file} is empty.", file=path)
    best = from_bytes(raw).best()
    if best is None or "\0" in str(best):
        raise UserError("{file} is not a text file.", file=path)
    return str(best).removeprefix("\ufeff")


def _digest(folder: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()
