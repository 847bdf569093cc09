"""A long document part by part: the top sections, each with the best of its own sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.models.reading import Section

MOST_PARTS = 100
BEST_OF_PART = 3


def parts(
    sections: Sequence[Section], starts: Iterable[int]
) -> list[tuple[Section | None, list[int]]]:
    """The top sections in order, and which of the ranked sentences tell each, best first.

    `starts` are the places of the ranked sentences. What stands before the first heading is a part
    of no section; a part without a sentence is none; and so has a document without headings none.
    """
    tops = _tops(sections)[:MOST_PARTS]
    if not tops:
        return []
    at = [top.start for top in tops]
    best: list[list[int]] = [[] for _ in range(len(at) + 1)]
    for index, start in enumerate(starts):
        own = best[bisect_right(at, start)]
        if len(own) < BEST_OF_PART:
            own.append(index)
    return [(top, own) for top, own in zip([None, *tops], best, strict=True) if own]


def _tops(sections: Sequence[Section]) -> list[Section]:
    """The sections of the highest level of which there are several: one alone is but a title."""
    counts = Counter(section.level for section in sections)
    several = [level for level, count in counts.items() if count > 1]
    level = min(several or counts, default=0)
    return [section for section in sections if section.level <= level]
