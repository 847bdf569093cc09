"""Which entry leads a story, and which story leads the news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# What is new loses half its worth in this time; the worth of sources grows ever more slowly.
HALF_LIFE = timedelta(hours=8)
SOURCES_POWER = 0.8
LEAST_WEIGHT = 0.01
# An article of so many characters leads as well as a longer one.
LONG_ENOUGH, STEPS = 600, 3

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def score(changed_at: datetime, sources: int, weight: float) -> float:
    """The logarithm of a story's worth, up to a summand that is the same for all stories.

    Worth halves with time, so the order of two stories never changes by waiting: the score can be
    stored. One more is worth twice as much. `weight` is that of the story's best feed.
    """
    prominence = max(weight, LEAST_WEIGHT) * max(sources, 1) ** SOURCES_POWER
    return log2(prominence) + (changed_at - _EPOCH) / HALF_LIFE


def lead(entries: Sequence[tuple[float, int, datetime]]) -> int:
    """The place of the entry that tells a story best, of (feed's weight, characters, published).

    The best feed leads, then who says most, then who was first.
    """
    return min(range(len(entries)), key=lambda place: _rank(*entries[place]))


def _rank(weight: float, chars: int, published: datetime) -> tuple[float, int, datetime]:
    return (-weight, -(min(chars, LONG_ENOUGH) * STEPS // LONG_ENOUGH), published)
