"""Advert lines of a source: pointed out once under a summary, and never quoted again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.errors import UserError
from bot.store import boilers as rows
from bot.store import roles, summaries
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.models.reading import Reading, Sentence
    from bot.models.summaries import Kept
    from bot.store.database import Connection, Database

_NO_SOURCE = mark("Only what came from a link has a source that may say it again.")
_NO_LINE = mark("That is none of its sentences. Answer the summary with /boiler alone, and choose.")
_TOO_OLD = mark("That can't be taken back any more.")


async def drop(
    db: Database, kept: Kept, text: str, person_id: int, update_id: int, now: datetime
) -> tuple[Kept, int]:
    """Leave a sentence of this summary, and of whatever its source says, away for good.

    Returns what is left, and the number by which it can be taken back.
    """
    source, line = source_of(kept.url), folded(text)
    if not source:
        raise UserError(_NO_SOURCE)
    if line not in {folded(each.text) for each in kept.reading.ranked}:
        raise UserError(_NO_LINE)

    def work(conn: Connection) -> tuple[Kept, int]:
        number = rows.add(conn, source, line, person_id, now)
        reading = without(kept.reading, [line])
        summaries.set_reading(conn, kept.id, reading)
        roles.note(conn, person_id, "boiler", source, update_id, now)
        return replace(kept, reading=reading), number

    return await db.write(work)


async def take_back(
    db: Database, number: int, person_id: int, update_id: int, now: datetime
) -> None:
    """Quote a line again that this person pointed out; a UserError if they did not."""

    def work(conn: Connection) -> None:
        source = rows.drop(conn, number, person_id)
        if source is None:
            raise UserError(_TOO_OLD)
        roles.note(conn, person_id, "boiler.undo", source, update_id, now)

    await db.write(work)


async def known(db: Database, url: str | None) -> list[str]:
    """The lines of a page's source that are nothing."""
    return await db.read(rows.of, source_of(url))


def source_of(url: str | None) -> str:
    """The server of a page."""
    return (urlsplit(url or "").hostname or "").removeprefix("www.")


def without(reading: Reading, lines: Sequence[str]) -> Reading:
    """A reading without these lines."""
    if not lines:
        return reading
    away = set(lines)

    def kept(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
        return tuple(each for each in sentences if folded(each.text) not in away)

    parts = tuple(replace(part, ranked=kept(part.ranked)) for part in reading.parts)
    return replace(reading, ranked=kept(reading.ranked), parts=parts)


def without_lines(text: str, lines: Sequence[str]) -> str:
    """A text without the paragraphs and sentences that are these lines."""
    if not lines:
        return text
    away = set(lines)
    return "\n".join(_line(line, away) for line in text.split("\n") if folded(line) not in away)


def folded(text: str) -> str:
    """What counts of a line: its words, in any case and spacing."""
    return " ".join(text.casefold().split())


def _line(line: str, away: set[str]) -> str:
    for each in away:
        at = line.casefold().find(each)
        if at >= 0 and len(line.casefold()) == len(line):
            line = f"{line[:at].rstrip()} {line[at + len(each) :].lstrip()}".strip()
    return line
