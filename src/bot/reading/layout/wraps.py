"""Which printed lines carry the one before them on, and which begin a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from bot.reading.layout.printed import LARGER
from bot.reading.lines import ends_sentence
from bot.reading.numbering import number_of
from bot.words.script import CJK

if TYPE_CHECKING:
    from bot.reading.layout.printed import Flags, Floats, Printed

# Characters between which no space stands.
WIDE = re.compile(f"[{CJK}，。、；：！？（）《》“”]")

_BULLET = re.compile(r"[-*+•·‣▪●◦–—]\s+\S|[①-⑳]|[A-Za-z][)）]\s|\[[0-9]{1,5}\]\s")
# Any line that is worth a closer look; most are not, and there are fifty on each page.
_MAY_OPEN = re.compile(
    r"[^\w\s\"'“‘(]|[(（#第0-9①-⑳一二三四五六七八九十百零〇两]|[CPSAIVX]|[A-Za-z][)）]"
)
_GAP, _INDENT, _SHORT = 1.5, 0.9, 0.12
_NEAR_LINES = 12
_FARTHEST_STEP = 60


def carry_on(printed: Printed) -> list[bool]:
    """For each line whether it carries on the paragraph of the line before it."""
    if not printed.texts:
        return []
    opens = [
        _MAY_OPEN.match(text) is not None and _opens(text) for text in printed.texts
    ]  # fmt: skip
    shape = _Shape(printed)
    joined = [False, *(shape.plain & ~np.array(opens[1:], dtype=bool)).tolist()]
    # Only what the numbers leave open is looked at line by line.
    for before in np.flatnonzero(shape.open).tolist():
        index = before + 1
        if not joined[index]:
            joined[index] = _goes_on(printed.texts, index, shape, opens[index], joined[before])
    return joined


class _Shape:
    """What the places of two neighbouring lines say; entry i is about the lines i and i + 1."""

    def __init__(self, printed: Printed) -> None:
        left, foot, size = printed.left, printed.foot, printed.size
        edge = _right_edges(printed)[:-1]
        step = foot[:-1] - foot[1:]
        ratio = size[1:] / np.where(size[:-1] == 0, 1.0, size[:-1])
        alike = (ratio > 1 / LARGER) & (ratio < LARGER)
        leading = np.maximum(_leading(printed)[printed.page[1:]], size[:-1])
        # Over the end of a page or column the places of two lines say nothing.
        self.turned: Flags = ~printed.follows() | (step < -size[:-1])
        self.short: Flags = printed.right[:-1] < edge - _SHORT * np.maximum(edge - left[:-1], 1.0)
        self.indented: Flags = left[1:] > left[:-1] + _INDENT * size[1:]
        self.open: Flags = alike & (self.turned | (step <= _GAP * leading))
        self.plain: Flags = self.open & ~self.turned & ~self.short & ~self.indented


def _goes_on(texts: list[str], index: int, shape: _Shape, opens: bool, longer: bool) -> bool:
    """`longer`: the paragraph has more than one line already."""
    before, text = index - 1, texts[index]
    ended = ends_sentence(texts[before])
    if shape.turned[before]:
        return not ended and not opens and _flows(texts[before], text)
    if opens and (ended or longer):
        return False
    indented = bool(shape.indented[before]) and longer
    if shape.short[before] or indented:
        return not ended and not indented and text[0].islower()
    return True


def _leading(printed: Printed) -> Floats:
    """The usual distance from line to line, for each page."""
    steps = printed.foot[:-1] - printed.foot[1:]
    down = printed.follows() & (steps > 0) & (steps < _FARTHEST_STEP)
    tenths = np.rint(steps[down] * 10).astype(int)
    rows = 10 * _FARTHEST_STEP + 1
    keys, counts = np.unique(printed.page[1:][down] * rows + tenths, return_counts=True)
    found = np.zeros(len(printed.heights))
    often = np.argsort(counts, kind="stable")
    found[keys[often] // rows] = keys[often] % rows / 10
    return found


def _right_edges(printed: Printed) -> Floats:
    """How far right the lines near each one reach, in its own column."""
    page, left, right = printed.page, printed.left, printed.right
    edges = right.copy()
    for away in range(1, min(_NEAR_LINES, len(right) - 1) + 1):
        above, below = slice(None, -away), slice(away, None)
        touch = (page[above] == page[below]) & (left[above] < right[below])
        touch &= right[above] > left[below]
        for here, there in ((above, below), (below, above)):
            np.maximum(edges[here], right[there], out=edges[here], where=touch)
    return np.where(right > left, edges, right)


def _opens(text: str) -> bool:
    """Whether a line begins with the sign of an item or the number of a heading."""
    return bool(_BULLET.match(text)) or number_of(text) is not None


def _flows(before: str, after: str) -> bool:
    """Over the end of a column or page only what can't be a new beginning goes on."""
    return after[0].islower() or bool(WIDE.match(after[0]) and WIDE.match(before[-1]))
