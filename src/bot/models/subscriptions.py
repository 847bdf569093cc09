"""Who gets a digest, of what, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime, time

# What a digest may hold, and what it holds if nobody says so.
OFFERED = ("headlines", "follows", "reports", "jokes")
SHELVES = ("headlines", "reports", "jokes")
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Local times on weekdays (0 is Monday) in an IANA zone; both sorted, neither empty."""

    times: tuple[time, ...]
    weekdays: tuple[int, ...]
    zone: str


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One local date and time of a schedule; `at` is when that is, in UTC.

    `minute` counts from local midnight as the schedule writes it, also where the clock jumped
    over that time.
    """

    at: datetime
    day: date
    minute: int


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From the one full local hour to the other; past midnight where `start` is the later one."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A subscription as typed; what was not said is empty. `place` is a city or a zone.

    It is for `days`, or `until` a local date; both are None where it is for good.
    """

    shelves: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    times: tuple[time, ...] = ()
    weekdays: tuple[int, ...] = ()
    place: str = ""
    days: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class City:
    """A city of the gazetteer and its IANA zone."""

    name: str
    zone: str
    population: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a chat wants, and when. `topics` narrow the headlines; none means all.

    With fewer new stories than `at_least` nothing comes, or only a joke. `until` is the last local
    date on which it may come.
    """

    shelves: tuple[str, ...]
    topics: tuple[str, ...]
    schedule: Schedule
    at_least: int = 0
    else_joke: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """One digest a chat gets; `topic_id` is the forum topic it goes to, `channel` the name of a
    channel, which is looked after from elsewhere.

    `next_at` is when the next is due, also while it is paused; the chat's `quiet` hours hold it.
    """

    id: int
    chat_id: int
    topic_id: int | None
    plan: Plan
    next_at: datetime
    paused: bool
    channel: str = ""
    quiet: QuietHours | None = None
