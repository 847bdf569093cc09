"""The shelf of long reports, and what the reading room made of each."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    Connection,
    Date,
    ForeignKey,
    Integer,
    Table,
    Text,
    func,
    select,
    true,
)

from bot.models.reports import Report, ReportCard
from bot.store import readings as written
from bot.store.schema import BigId, CleanText, Utc, count_rows, index, insert, metadata, storable
from bot.store.search import matching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models.reading import Reading

# Retention: for good; of a removed report its key alone stays after REMOVED_KEEP_DAYS, so that no
# seed brings it back.
reports = Table(
    "reports",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("key", CleanText, unique=True),
    Column("language", Text, nullable=False),
    Column("title", CleanText, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("text_hash", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("words", Integer, nullable=False),
    Column("published", Date),
    Column("origin", Text, nullable=False),
    Column("seed_hash", Text),
    Column("edited_at", Utc),
    Column("removed_at", Utc),
    Column("created_at", Utc, nullable=False),
)
SHELVED = reports.c.removed_at.is_(None)
NEWEST = (reports.c.language, reports.c.published)
index("ix_reports_language_published", *NEWEST, where=SHELVED)
index("ix_reports_removed_at", reports.c.removed_at, where=~SHELVED)
# A cache: a reading counts while its hash is that of the report's text. Goes with the report.
readings = Table(
    "readings",
    metadata,
    Column(
        "report_id",
        BigId,
        ForeignKey("reports.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("text_hash", Text, nullable=False),
    Column("reading", CleanText, nullable=False),
)

CARD = (
    reports.c.id,
    reports.c.language,
    reports.c.title,
    reports.c.words,
    reports.c.published,
)


def cards(
    conn: Connection, language: str, *, word: str | None, offset: int, limit: int
) -> tuple[list[ReportCard], int]:
    """Newest first, those without a date last, and how many there are in all.

    The word stands in the title or the text.
    """
    matches = matching(conn.dialect.name, reports, word) if word else true()
    shown = (reports.c.language == language, SHELVED, matches)
    total = count_rows(conn, reports, *shown)
    order = (reports.c.published.desc().nulls_last(), reports.c.id.desc())
    statement = select(*CARD).where(*shown).order_by(*order).offset(offset).limit(limit)
    return [ReportCard(*row) for row in conn.execute(statement)], total


def find(conn: Connection, report_id: int) -> Report | None:
    """The report, unless it was removed."""
    statement = select(*CARD[:3], reports.c.text, *CARD[3:])
    row = conn.execute(statement.where(reports.c.id == report_id, SHELVED)).first()
    return Report(*row) if row else None


def texts(conn: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The whole texts of reports."""
    rows = conn.execute(select(reports.c.id, reports.c.text).where(reports.c.id.in_(ids)))
    return {row.id: row.text for row in rows}


def next_id(conn: Connection, language: str, after: int | None) -> int | None:
    """The report that was shelved next after this one, or first of all; None after the last."""
    later = (reports.c.language == language, SHELVED, reports.c.id > (after or 0))
    found: int | None = conn.scalar(select(func.min(reports.c.id)).where(*later))
    return found


def languages(conn: Connection) -> dict[str, int]:
    """How many reports there are in each language."""
    statement = select(reports.c.language, func.count()).where(SHELVED).group_by(reports.c.language)
    return dict(conn.execute(statement).all())


def reading(conn: Connection, report_id: int) -> Reading | None:
    """What was made of the report's present text, if anything."""
    same = (readings.c.report_id == reports.c.id, readings.c.text_hash == reports.c.text_hash)
    statement = select(readings.c.reading).join_from(readings, reports, same[0] & same[1])
    kept: str | None = conn.scalar(statement.where(reports.c.id == report_id))
    return written.load(kept) if kept else None


def save_reading(conn: Connection, report_id: int, reading: Reading) -> None:
    """Keep a reading, unless the report's text changed under it."""
    statement = select(reports.c.text, reports.c.text_hash).where(reports.c.id == report_id)
    report = conn.execute(statement).first()
    if report is None or not _quotes(reading, report.text):
        return
    values = {"text_hash": report.text_hash, "reading": written.dump(reading)}
    fresh = insert(conn, readings).values(report_id=report_id, **values)
    conn.execute(fresh.on_conflict_do_update(index_elements=["report_id"], set_=values))


def hash_text(text: str) -> str:
    """Tells whether a text changed."""
    return blake2b(storable(text).encode(), digest_size=16).hexdigest()


def _quotes(reading: Reading, text: str) -> bool:
    quoted = (*reading.ranked, *(found for part in reading.parts for found in part.ranked))
    return all(text[found.start : found.end] == found.text for found in quoted)
