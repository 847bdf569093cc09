"""The numbers of the bot over time."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

# 95 % of the normal distribution.
Z = 1.96


@dataclass(frozen=True, slots=True)
class Hour:
    """What was sent in an hour, and how many seconds after it was due."""

    at: datetime
    sent: int
    mean: float
    longest: float


@dataclass(frozen=True, slots=True)
class Voted:
    """A joke that people voted on."""

    id: int
    text: str
    laughs: int
    votes: int

    @property
    def liked(self) -> float:
        """The least share of laughs that these votes speak for: Wilson's lower bound."""
        share, n = self.laughs / self.votes, self.votes
        spread = Z * sqrt((share * (1 - share) + Z * Z / (4 * n)) / n)
        return (share + Z * Z / (2 * n) - spread) / (1 + Z * Z / n)


@dataclass(frozen=True, slots=True)
class Feeds:
    """How many feeds are in which state."""

    well: int
    troubled: int
    paused: int
    retired: int


@dataclass(frozen=True, slots=True)
class Stats:
    """`people` and `subscriptions` are how many there were at the end of each of the `days`;
    `topics` counts a week's headlines; `hours` are those of the last two days.
    """

    days: tuple[date, ...]
    people: tuple[int, ...]
    groups: int
    subscriptions: tuple[int, ...]
    hours: tuple[Hour, ...]
    jokes: tuple[Voted, ...]
    topics: tuple[tuple[str, int], ...]
    feeds: Feeds
