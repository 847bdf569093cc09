"""The material of a draft: messages, files and pages, and the report that they make."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.child import tasks
from bot.config import MAX_DOWNLOAD_BYTES
from bot.errors import UserError
from bot.models.drafts import Part
from bot.models.reports import ReportEntry
from bot.services import composing
from bot.store import drafts as rows
from bot.texts import mark

if TYPE_CHECKING:
    from datetime import datetime

    from bot.child import Children
    from bot.fetch import Web
    from bot.models.drafts import Draft
    from bot.models.reading import Reading
    from bot.store.database import Database

# It stays in its piece until then, whose length tells whether Telegram cut it.
_COMMAND = re.compile(r"\s*/addreport(?:@\w+)?\s+", re.IGNORECASE)
_EMPTY = mark("Nothing has come yet: send a file, a link or text first.")
_READING = mark("I'm still reading {name}. One moment, please.")
_NO_BODY = mark("There is no text in that.")


async def add(db: Database, draft: Draft, part: Part, now: datetime) -> None:
    """A message of it; without a text one that is being read."""
    await db.write(rows.add_part, draft.id, part, now)


async def of_file(
    db: Database,
    children: Children,
    draft: Draft,
    part: Part,
    file: tuple[bytes, str | None],
    now: datetime,
) -> None:
    """Read a file of (content, charset) as a part; one that can't be read is none."""
    try:
        document = await children.run(tasks.open_document, *file)
    except UserError:
        await drop(db, draft, part)
        raise
    read = Part(part.message_id, part.name, document.text, document.title)
    await db.write(rows.add_part, draft.id, read, now)


async def of_link(
    db: Database,
    web: Web,
    children: Children,
    draft: Draft,
    part: Part,
    link: str,
    now: datetime,
) -> None:
    """The same of a page or document of the web."""
    try:
        page = await web.get(link, most=MAX_DOWNLOAD_BYTES)
    except UserError:
        await drop(db, draft, part)
        raise
    await of_file(db, children, draft, part, (page.body, page.charset), now)


async def drop(db: Database, draft: Draft, part: Part) -> None:
    """It can't be had."""
    await db.write(rows.drop_part, draft.id, part.message_id)


async def finish(
    db: Database, children: Children, draft: Draft, default: str, now: datetime
) -> None:
    """Make a report of all that was sent; a UserError says what is missing."""
    parts = await db.read(rows.parts, draft.id)
    if not parts:
        raise UserError(_EMPTY)
    pieces = [_text(part) for part in parts]
    start = _length_of_command(parts[0])
    found = await children.run(tasks.collect, pieces, start, parts[0].title)
    if not found.text:
        raise UserError(_NO_BODY)
    language = composing.fit(found.language, default)
    entry = ReportEntry("", language, titled(found.title), found.text, now.date())
    reading = await read(children, entry)
    await db.write(rows.put, draft.id, entry, now, hint=found.section_hint, reading=reading)


async def read(children: Children, entry: ReportEntry) -> Reading:
    """What the reading room makes of it."""
    return await children.read(entry.text, title=entry.title, language=entry.language)


def size(parts: list[Part]) -> int:
    """Of what was sent so far, in characters."""
    return sum(len(part.text or "") - _length_of_command(part) for part in parts)


async def masked(children: Children, entry: ReportEntry) -> list[str]:
    """What was blotted out in it, in order."""
    return await children.run(tasks.masks, entry.text)


def titled(text: str) -> str:
    """A title as it may stand; a UserError if it is none."""
    line, most = " ".join(text.split()), composing.MOST_TITLE_UNITS
    return composing.written(line, "title", most, composing.LONG_TITLE)


def _length_of_command(part: Part) -> int:
    found = _COMMAND.match(part.text or "")
    return found.end() if found else 0


def _text(part: Part) -> str:
    if part.text is None:
        raise UserError(_READING, name=part.name or "…")
    return part.text
