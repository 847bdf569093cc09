"""How often to ask a feed: as often as it has news, within bounds, and less often when it fails."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

SHORTEST, LONGEST = timedelta(minutes=15), timedelta(hours=24)
# What a feed that says "come back in a week" gets at the most.
LONGEST_ASKED = timedelta(days=7)

# The gaps between so many of the newest entries tell the rhythm.
ENTRIES = 20
_PER_GAP = 2.0
# A feed that fell silent is asked less: at most every fourth part of its silence.
_PER_SILENCE = 4.0
_CHANGE = 1.3


def interval(
    published: Sequence[datetime], now: datetime, *, before: timedelta, news: bool
) -> timedelta:
    """The time to the next request, from when the feed's entries came.

    Half the usual gap between two entries, so that news waits for half of it at most; where
    entries have no dates, the interval `before` grows and shrinks by what was found.
    """
    times = sorted((each for each in published if each <= now), reverse=True)[:ENTRIES]
    if len(times) < 2:
        return _bounded(before / _CHANGE if news else before * _CHANGE)
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(times)]
    usual = median(gaps) / _PER_GAP
    silent = (now - times[0]).total_seconds() / _PER_SILENCE
    return _bounded(timedelta(seconds=max(usual, silent)))


def next_wait(chosen: timedelta, at_least: timedelta | None, chance: float) -> timedelta:
    """The interval, or what the feed asks for if that is longer; `chance` (0 to 1) spreads it."""
    wait = max(chosen, min(at_least or chosen, LONGEST))
    return wait * (0.9 + 0.2 * chance)


def after_failure(failures: int, retry_after: float | None, chance: float) -> timedelta:
    """Twice as long after each failure in a row; never sooner than the server asks, in seconds."""
    wait = min(SHORTEST * 2.0 ** min(failures - 1, 10), LONGEST) * (0.8 + 0.4 * chance)
    asked = timedelta(seconds=min(retry_after or 0.0, LONGEST_ASKED.total_seconds()))
    return max(wait, asked * (1 + 0.1 * chance))


def _bounded(wait: timedelta) -> timedelta:
    return min(max(wait, SHORTEST), LONGEST)
