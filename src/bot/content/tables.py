"""Entries as CSV for spreadsheets, in which no cell is a formula."""

from __future__ import annotations

import csv
from dataclasses import astuple, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.models.headlines import HeadlineEntry
    from bot.models.jokes import JokeEntry

# A cell that begins so is run by spreadsheets (OWASP, "CSV Injection").
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def append(path: Path, some: Sequence[JokeEntry | HeadlineEntry]) -> None:
    """Rows at the end of a table, which begins with a mark of UTF-8 that spreadsheets want."""
    new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8-sig" if new else "utf-8", newline="") as file:
        table = csv.writer(file)
        if new:
            table.writerow(field.name for field in fields(some[0]))
        table.writerows([_cell(value) for value in astuple(entry)] for entry in some)


def _cell(value: object) -> str:
    """An apostrophe makes it text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text
