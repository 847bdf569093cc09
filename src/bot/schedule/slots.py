"""When a schedule is due: exactly once for each local date and time, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.models.subscriptions import Slot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.models.subscriptions import Schedule

ONE_DAY = timedelta(days=1)
# A week, one date more that a zone skipped, and the days around.
MOST_DAYS = 16


@lru_cache(4096)
def next_slot(schedule: Schedule, after: datetime) -> Slot:
    """The first slot later than `after` (aware).

    A time that a gap jumps over is due once, as much later as the gap is long; one in an overlap
    at its first occurrence; a date that a zone skipped is not due at all. Of two slots that a
    gap brings to one moment the later counts.
    """
    return max(_first(schedule, after))


def last_slot(schedule: Schedule, first: datetime, until: datetime) -> Slot:
    """The latest slot from `first` on that is due by `until`; the first after that if none is."""
    slot = next_slot(schedule, max(first, until - MOST_DAYS * ONE_DAY) - timedelta.resolution)
    while (following := next_slot(schedule, slot.at)).at <= until:
        slot = following
    return slot


def _first(schedule: Schedule, after: datetime) -> list[Slot]:
    """All slots at the first due moment."""
    zone, found = ZoneInfo(schedule.zone), list[Slot]()
    start = after.astimezone(zone).date() - ONE_DAY
    for days in range(MOST_DAYS + 2):
        if found and days > _day_after(found, start):
            break
        found += [
            slot for slot in _slots(schedule, zone, start + days * ONE_DAY) if slot.at > after
        ]
    first = min(slot.at for slot in found)
    return [slot for slot in found if slot.at == first]


def _day_after(found: list[Slot], start: date) -> int:
    """A gap carries a slot into the next day at most, so no later one can come before."""
    return (found[0].day - start).days + 1


def _slots(schedule: Schedule, zone: ZoneInfo, day: date) -> Iterator[Slot]:
    if day.weekday() in schedule.weekdays and _exists(day, zone):
        for each in schedule.times:
            yield Slot(_utc(day, each, zone), day, each.hour * 60 + each.minute)


def _exists(day: date, zone: ZoneInfo) -> bool:
    return _utc(day, time(), zone) < _utc(day + ONE_DAY, time(), zone)


def _utc(day: date, each: time, zone: ZoneInfo) -> datetime:
    """PEP 495: with fold=0 a time in a gap is read with the offset before it, one in an overlap
    with the first."""
    return datetime.combine(day, each, zone).astimezone(UTC)
