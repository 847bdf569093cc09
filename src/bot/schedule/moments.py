"""Reads a moment to come: `tomorrow 8:00`, `2030-12-24 18:00`, `明天早上8点`, `mon 9 am`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.schedule import typed
from bot.texts import mark

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

USUAL = time(8)
MOST_DAYS = 366
UNREADABLE = mark("I can't read that time: try tomorrow 8:00, mon 9 am or 2030-12-24 18:00.")
PAST = mark("That time has passed.")
FAR = mark("That is more than a year from now.")
_DAYS = {"today": 0, "今天": 0, "tomorrow": 1, "明天": 1, "后天": 2}
_DAY = re.compile("|".join(_DAYS))
_DATE = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?")


def parse(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """In UTC; a UserError for what can't be read, has passed, or is too far."""
    here = now.astimezone(zone)
    day, rest = _day(text.casefold(), here.date())
    asked = typed.parse(rest)
    if asked.place or asked.shelves or (day is None and not asked.times and not asked.weekdays):
        raise UserError(UNREADABLE)
    at = asked.times[0] if asked.times else USUAL
    days = [day] if day else [here.date() + timedelta(days=ahead) for ahead in range(8)]
    if asked.weekdays and day is None:
        days = [each for each in days if each.weekday() in asked.weekdays]
    moments = (datetime.combine(each, at, zone).astimezone(UTC) for each in days)
    found = next((each for each in moments if each > now), None)
    if found is None:
        raise UserError(PAST)
    if found - now > timedelta(days=MOST_DAYS):
        raise UserError(FAR)
    return found


def _day(text: str, today: date) -> tuple[date | None, str]:
    """The day that is named, and the rest."""
    if named := _DAY.search(text):
        rest = text[: named.start()] + " " + text[named.end() :]
        return today + timedelta(days=_DAYS[named[0]]), rest
    if written := _DATE.search(text):
        try:
            day = date(*(int(part) for part in written.groups()))
        except ValueError:
            raise UserError(UNREADABLE) from None
        return day, text[: written.start()] + " " + text[written.end() :]
    return None, text
