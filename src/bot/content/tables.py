"""Entries as CSV for spreadsheets, in which no cell is a formula; and tables of others."""

from __future__ import annotations

import csv
from dataclasses import astuple, fields
from typing import TYPE_CHECKING

from bot.config import MAX_CONTENT_LINE_CHARS
from bot.content.shapes import NAMES
from bot.errors import UserError
from bot.models.said import Said
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import TextIO

    from bot.content.models import Line
    from bot.models.headlines import HeadlineEntry
    from bot.models.jokes import JokeEntry

    Parse = Callable[[Mapping[str, object]], Line | None]

# What we call a column ourselves.
_OWN = {"key": "id"}
_FLAGS = ("sample", "late")
_NO_NAME = mark(
    "No column is called text, joke, setup or question; please name the columns in the first line."
)
_UNREADABLE = mark("This row can't be read: {why}; please mend it.")
_YES = {"True": True, "False": False}
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


def read_table(file: TextIO, parse: Parse) -> Iterator[tuple[int, Line | Said | None]]:
    """Each row with its line, or what is wrong there; the first row names the columns.

    The separator is what the first row has most of. Our own tables come back as they were.
    """
    csv.field_size_limit(MAX_CONTENT_LINE_CHARS)
    head = file.readline()
    columns = next(csv.reader([head], delimiter=_separator(head)), [])
    names = [_OWN.get(name, name) for name in (each.strip().casefold() for each in columns)]
    if not NAMES & set(names):
        yield 1, Said(_NO_NAME)
        return
    rows = csv.reader(file, delimiter=_separator(head), strict=True)
    while True:
        line = rows.line_num + 2
        try:
            row = next(rows, None)
            if row is None:
                return
            if any(row):
                yield line, parse(_values(names, row))
        except csv.Error as error:
            yield rows.line_num + 1, Said(_UNREADABLE, {"why": str(error)})
            return
        except UserError as error:
            yield line, error.said


def _separator(head: str) -> str:
    return max(",;\t", key=head.count)


def _values(names: Sequence[str], row: Sequence[str]) -> dict[str, object]:
    """What is filled in, by column."""
    if len(row) > len(names) and any(row[len(names) :]):
        raise UserError("The row has {many} cells and there are {columns} columns; please mend it.",
                        many=len(row), columns=len(names))  # fmt: skip
    cells = ((name, _plain(cell)) for name, cell in zip(names, row, strict=False) if cell.strip())
    return {name: _YES.get(cell, cell) if name in _FLAGS else cell for name, cell in cells}


def _cell(value: object) -> str:
    """An apostrophe makes it text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip("'").startswith(FORMULAS) else text


def _plain(cell: str) -> str:
    """The same undone."""
    guarded = cell.startswith("'") and cell.lstrip("'").startswith(FORMULAS)
    return cell[1:] if guarded else cell
