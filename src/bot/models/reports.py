"""Reports, as the shelf holds them and as content files write them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
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
    """A report with its whole text; one from the web with its address."""

    id: int
    language: str
    title: str
    text: str
    words: int
    published: date | None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A page of the shelf, newest first; `elsewhere` counts the reports of the other languages."""

    cards: tuple[ReportCard, ...]
    total: int
    offset: int
    wanted: str
    language: str
    elsewhere: Mapping[str, int] = field(default_factory=dict)
