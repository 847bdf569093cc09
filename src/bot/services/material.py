"""The material of a draft: messages, files and pages, and the report that they make."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.child import tasks
from bot.config import MAX_DOWNLOAD_BYTES
from bot.errors import UserError
from bot.models.drafts import Part
from bot.models.reports import ReportEntry
from bot.reading.clean import masks
from bot.reading.page import opening
from bot.services import composing
from bot.store import drafts as rows
from bot.texts import mark
from bot.words.joining import join

if TYPE_CHECKING:
    from datetime import datetime

    from bot.child import Children
    from bot.fetch import Web
    from bot.models.drafts import Draft
    from bot.models.reading import Reading
    from bot.store.database import Database

# A text without a title is called by its first words.
TITLE_WORDS, TITLE_CHARS = 8, 40
# It stays in its piece until then, whose length tells whether Telegram cut it.
_COMMAND = re.compile(r"\A/addreport(?:@\w+)?\s+", re.IGNORECASE)
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
    entry, hint = _report(await db.read(rows.parts, draft.id), default, now)
    reading = await read(children, entry)
    await db.write(rows.put, draft.id, entry, now, hint=hint, reading=reading)


async def read(children: Children, entry: ReportEntry) -> Reading:
    """What the reading room makes of it."""
    return await children.read(entry.text, title=entry.title, language=entry.language)


def size(parts: list[Part]) -> int:
    """Of what was sent so far, in characters."""
    return sum(len(_COMMAND.sub("", part.text or "")) for part in parts)


def masked(entry: ReportEntry) -> list[str]:
    """What was blotted out in it, in order."""
    return masks(entry.text)


def titled(text: str) -> str:
    """A title as it may stand; a UserError if it is none."""
    line, most = " ".join(text.split()), composing.MOST_TITLE_UNITS
    return composing.written(line, "title", most, composing.LONG_TITLE)


def _report(parts: list[Part], default: str, now: datetime) -> tuple[ReportEntry, str | None]:
    """The report, and the shelf that its page names."""
    if not parts:
        raise UserError(_EMPTY)
    text = _COMMAND.sub("", join([_text(part) for part in parts]).strip())
    found = opening(text, parts[0].title)
    body = text[found.start :].strip()
    if not any(char.isalnum() for char in body):
        raise UserError(_NO_BODY)
    title = found.title or _beginning(body)
    language = composing.language_of(body, default)
    return ReportEntry("", language, titled(title), body, now.date()), found.section_hint


def _text(part: Part) -> str:
    if part.text is None:
        raise UserError(_READING, name=part.name or "…")
    return part.text


def _beginning(body: str) -> str:
    line = body.splitlines()[0]
    start = " ".join(line.split()[:TITLE_WORDS])[:TITLE_CHARS].rstrip()
    return start if start == line.strip() else f"{start}…"
