"""One digest for each local date and time, whatever the clocks of the world do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.models.subscriptions import EVERY_DAY, Schedule, Slot
from bot.schedule.slots import last_slot, next_slot

# Every zone; of those that are one under several names, the first.
TZDATA = files("tzdata") / "zoneinfo"
NAMES = sorted(zone for zone in available_timezones() if (TZDATA / zone).is_file())
ZONES = sorted({(TZDATA / zone).read_bytes(): zone for zone in reversed(NAMES)}.values())
TIMES = (time(0), time(2, 30), time(23, 45))


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


def slots(schedule: Schedule, start: datetime, end: datetime) -> list[Slot]:
    """What a bot that looks all the time would send."""
    found = [next_slot(schedule, start)]
    while found[-1].at < end:
        found.append(next_slot(schedule, found[-1].at))
    return found[:-1]


def year(zone: str, number: int) -> list[Slot]:
    begin = datetime(number, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    end = datetime(number + 1, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    schedule = Schedule(TIMES, EVERY_DAY, zone)
    return slots(schedule, begin - timedelta(microseconds=1), end)


def test_in_every_zone_a_leap_year_has_each_local_date_and_time_exactly_once() -> None:
    days = [date(2024, 1, 1) + timedelta(days=day) for day in range(366)]
    wanted = [(day, each.hour * 60 + each.minute) for day in days for each in TIMES]
    assert len(ZONES) > 300
    for zone in ZONES:
        found = year(zone, 2024)
        assert sorted((slot.day, slot.minute) for slot in found) == wanted, zone
        assert all(one.at < two.at for one, two in pairwise(found)), zone
        walls = [(slot.at.astimezone(ZoneInfo(zone)), slot.minute) for slot in found]
        moved = sum(wall.hour * 60 + wall.minute != minute for wall, minute in walls)
        assert moved <= 2, f"{zone}: only where its clock jumped may the wall show another time"


def test_a_time_in_a_gap_is_sent_once_as_much_later_as_the_gap_is_long() -> None:
    schedule = Schedule((time(2, 30),), EVERY_DAY, "Europe/Berlin")
    slot = next_slot(schedule, at(2024, 3, 30, 12))
    assert slot.at.astimezone(ZoneInfo("Europe/Berlin")).time() == time(3, 30)
    assert slot == Slot(at(2024, 3, 31, 1, 30), date(2024, 3, 31), 150)
    assert next_slot(schedule, slot.at).day == date(2024, 4, 1)


def test_a_time_that_comes_twice_is_sent_at_the_first() -> None:
    schedule = Schedule((time(2, 30),), EVERY_DAY, "Europe/Berlin")
    slot = next_slot(schedule, at(2024, 10, 26, 12))
    assert slot.at == at(2024, 10, 27, 0, 30)
    assert next_slot(schedule, slot.at).at == at(2024, 10, 28, 1, 30)


def test_two_times_that_a_gap_brings_together_are_one_digest() -> None:
    schedule = Schedule((time(2, 30), time(3, 30)), EVERY_DAY, "Europe/Berlin")
    slot = next_slot(schedule, at(2024, 3, 30, 12))
    assert (slot.at, slot.minute) == (at(2024, 3, 31, 1, 30), 210)
    assert next_slot(schedule, slot.at).day == date(2024, 4, 1)


def test_a_gap_over_midnight_keeps_the_date_it_begins_on() -> None:
    schedule = Schedule((time(23, 30),), EVERY_DAY, "America/Nuuk")
    found = slots(schedule, at(2024, 3, 29), at(2024, 4, 2))
    assert [slot.day.isoformat() for slot in found] == [
        "2024-03-28", "2024-03-29", "2024-03-30", "2024-03-31",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "skipped"),
    [
        ("Pacific/Apia", date(2011, 12, 30)),
        ("Pacific/Fakaofo", date(2011, 12, 30)),
        ("Pacific/Kwajalein", date(1993, 8, 21)),
        ("Pacific/Enderbury", date(1994, 12, 31)),
    ],
)
def test_a_date_that_a_zone_skipped_gets_none(zone: str, skipped: date) -> None:
    days = [slot.day for slot in year(zone, skipped.year)]
    assert skipped not in days
    assert days.count(skipped - timedelta(days=1)) == len(TIMES)
    assert days[-1] == date(skipped.year, 12, 31 if skipped.month < 12 or skipped.day < 31 else 30)


def test_a_skipped_date_and_a_single_weekday_wait_for_the_next_week() -> None:
    fridays = Schedule((time(8),), (4,), "Pacific/Apia")
    assert next_slot(fridays, at(2011, 12, 24)).day == date(2012, 1, 6)


def test_a_leap_day_is_a_day() -> None:
    daily = Schedule((time(8),), EVERY_DAY, "Asia/Shanghai")
    assert [slot.day for slot in slots(daily, at(2024, 2, 27, 12), at(2024, 3, 1, 12))] == [
        date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1),
    ]  # fmt: skip


def test_after_an_hour_a_day_and_a_year_of_silence_the_last_slot_is_the_one_that_counts() -> None:
    schedule = Schedule((time(8), time(20)), EVERY_DAY, "UTC")
    first = at(2024, 5, 1, 8)
    assert last_slot(schedule, first, at(2024, 5, 1, 9)).at == first
    assert last_slot(schedule, first, at(2024, 5, 2, 9)).at == at(2024, 5, 2, 8)
    assert last_slot(schedule, first, at(2025, 5, 2, 21)).at == at(2025, 5, 2, 20)


def test_a_weekly_digest_is_found_again_after_a_long_silence() -> None:
    schedule = Schedule((time(8),), (0,), "Europe/London")
    first = next_slot(schedule, at(2024, 1, 1, 12)).at
    assert last_slot(schedule, first, at(2024, 9, 27)).day == date(2024, 9, 23)
