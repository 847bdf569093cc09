"""Reports, as the shelf holds them and as content files write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report before it stands on a shelf; `text` is its cleaned body, headings included."""

    key: str
    language: str
    title: str
    text: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class ReportCard:
    """A report as a list shows it; `words` counts each CJK character as one."""

    id: int
    language: str
    title: str
    words: int
    published: date | None


@dataclass(frozen=True, slots=True)
class Report:
    """A report with its whole text."""

    id: int
    language: str
    title: str
    text: str
    words: int
    published: date | None
