"""The shelf of long reports and what the reading room made of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.models.reports import Report, ReportPage
from bot.render.pages import PAGE
from bot.render.saved import REPORT_GONE
from bot.store import reports as rows

if TYPE_CHECKING:
    from bot.child import Children
    from bot.models.reading import Reading
    from bot.store.database import Database


async def page(db: Database, language: str, *, wanted: str = "", offset: int = 0) -> ReportPage:
    """A page of the shelf, of reports with `wanted` in them if it is not empty."""
    cards, total = await db.read(
        rows.cards, language, word=wanted or None, offset=offset, limit=PAGE
    )
    counts = await db.read(rows.languages)
    elsewhere = {other: count for other, count in counts.items() if other != language}
    return ReportPage(tuple(cards), total, offset, wanted, language, elsewhere)


async def find(db: Database, report_id: int) -> Report:
    """One report; a UserError if it is gone."""
    report = await db.read(rows.find, report_id)
    if report is None:
        raise UserError(REPORT_GONE)
    return report


async def read(db: Database, children: Children, report: Report) -> Reading:
    """The report's outline, figures and ranked sentences: read once, then kept."""
    kept = await db.read(rows.reading, report.id)
    if kept is not None:
        return kept
    reading = await children.read(report.text, title=report.title, language=report.language)
    await db.write(rows.save_reading, report.id, reading)
    return reading
