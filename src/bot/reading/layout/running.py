"""Headers, footers and page numbers: what runs along the edges of the pages."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from bot.reading.layout.printed import LARGER, body_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reading.layout.printed import Printed, Whole

_DIGITS = re.compile(r"[0-9]+")
_PAGE_NUMBER = re.compile(
    r"[-–—\s|]*(?:page|p\.|第)?\s*(?:[0-9]{1,4}|[ivxlc]{1,7})\s*(?:页|(?:of|/)\s*[0-9]+)?[-–—\s|]*",
    re.IGNORECASE,
)
_EDGE_LINES = 3
_MARGIN = 0.12
_SAME_PLACE = 6.0
_MANY_PAGES, _OFTEN, _SELDOM = 5, 3, 2


def without_running_lines(printed: Printed) -> Printed:
    """Without lines that come back at the same place; a single page has none."""
    if len(printed.heights) < 2:
        return printed
    keep = np.ones(len(printed.texts), dtype=bool)
    keep[list(_running(printed, _edges(printed)))] = False
    return printed.take(np.flatnonzero(keep))


def _edges(printed: Printed) -> Whole:
    """The first and the last few lines of each page, if near its edge; by page and height."""
    margin = _MARGIN * printed.heights[printed.page]
    within = (printed.foot > margin) & (printed.foot < printed.heights[printed.page] - margin)
    small = printed.size < LARGER * body_size(printed)
    near = np.flatnonzero(~within)
    near = near[np.lexsort((-printed.foot[near], printed.page[near]))]
    page, place = printed.page[near], np.arange(len(near))
    from_top = place - np.searchsorted(page, page, "left")
    from_foot = np.searchsorted(page, page, "right") - 1 - place
    return near[((from_top < _EDGE_LINES) | (from_foot < _EDGE_LINES)) & small[near]]


def _running(printed: Printed, edges: Whole) -> Iterator[int]:
    """Which of these lines are page numbers, or stand at one place on several pages."""
    often = _OFTEN if len(printed.heights) > _MANY_PAGES else _SELDOM
    places: defaultdict[str, list[tuple[float, int]]] = defaultdict(list)
    for index, foot in zip(edges.tolist(), printed.foot[edges].tolist(), strict=True):
        places[_DIGITS.sub("#", printed.texts[index].casefold())].append((foot, index))
    for found in places.values():
        found.sort()
        feet = [foot for foot, _ in found]
        for foot, index in found:
            near = bisect_left(feet, foot + _SAME_PLACE) - bisect_right(feet, foot - _SAME_PLACE)
            if near >= often or _PAGE_NUMBER.fullmatch(printed.texts[index]):
                yield index
