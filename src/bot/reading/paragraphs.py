"""Lines between headings become paragraphs: wrapped lines are joined, items stand alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from bot.reading.clean import is_noise
from bot.reading.lines import Line, ends_sentence, width
from bot.reading.numbering import number_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

_ITEM = re.compile(r"[-*+•·‣▪●◦–—]\s+(?=\S)|[①-⑳]\s*|[A-Za-z][)）]\s+|>\s*|\[[0-9]{1,5}\]\s*")
_NARROW, _WIDEST_WRAP = 50, 130
_FULL, _HALF = 0.75, 0.4


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's place without the sign of a list item; `line` is the index of its first."""

    start: int
    end: int
    line: int


def paragraphs(lines: Sequence[Line], headings: Container[int]) -> Iterator[Paragraph]:
    """The paragraphs in order; headings, navigation, tables and omissions belong to none."""
    for block in _blocks(lines, headings):
        widest = max(width(lines[index].text) for index in block)
        open_at: int | None = None
        for index, following in zip(block, [*block[1:], None], strict=True):
            open_at = index if open_at is None else open_at
            if following is None or not _joins(lines[index], lines[following], widest):
                yield _paragraph(lines, open_at, index)
                open_at = None


def _blocks(lines: Sequence[Line], headings: Container[int]) -> Iterator[list[int]]:
    """Runs of lines without a blank line, a heading or noise between them."""
    block = 0
    marked: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        dropped = index in headings or is_noise(line.text)
        block += dropped or line.after_blank
        if not dropped:
            marked.append((block, index))
    for _, group in groupby(marked, key=lambda pair: pair[0]):
        yield [index for _, index in group]


def _joins(line: Line, following: Line, widest: int) -> bool:
    """Whether a line end only wraps a paragraph."""
    if _sign(following.text):
        return False
    columns = width(line.text)
    if following.text[0].islower() and not ends_sentence(line.text):
        return columns >= _HALF * min(widest, _WIDEST_WRAP)
    return _NARROW <= columns <= _WIDEST_WRAP >= widest and columns >= _FULL * widest


def _paragraph(lines: Sequence[Line], first: int, last: int) -> Paragraph:
    line = lines[first]
    return Paragraph(line.start + _sign(line.text), lines[last].end, first)


def _sign(line: str) -> int:
    """How many characters the bullet or number of a list item takes."""
    item = _ITEM.match(line)
    if item:
        return item.end()
    number = number_of(line)
    return number.length if number else 0
