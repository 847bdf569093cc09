"""Dates as feeds write them."""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from dateutil import parser as dateutil

from bot.news.months import in_english

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LONGEST = 60
# Years, months and days in the order of East Asia, the half of the day before the hour.
_EASTERN = re.compile(
    r"""(\d{4})\s*[年년.-]\s*(\d{1,2})\s*[月월.-]\s*(\d{1,2})\s*[日일号]?\s*
        (?:(上午|午前|오전|下午|午後|오후)?\s*(\d{1,2})\s*[:：时時点시]\s*(\d{1,2})
        (?:\s*[:：分분]\s*(\d{1,2}))?)?""",
    re.VERBOSE,
)
_AFTERNOON = {"下午", "午後", "오후"}
_IS_EASTERN = re.compile("[年년月월日일]|[上下午오]")
# Digits alone: the year with the day of it, or seconds (or thousandths) since 1970.
_DAY_OF_YEAR = re.compile(r"(\d{4}-?)(\d{3})")
_SECONDS = re.compile(r"(\d{10})(?:\d{3})?")
# The one reader that knows them.
_HALF_DAY = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)
# An offset has no colon in e-mail, no zone beside it, and is no part of one's name.
_OFFSET = re.compile(r"(?:\b(?:GMT|UTC?))?\s*([+-])(\d{2}):?(\d{2})\s*(?:Z|[A-Z]{3,4}|\(.*\))?$")
_ZONE = re.compile(r"(?<=\d) ?([A-Z]{3,4})$")
_HOURS = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "AKST": -9, "AKDT": -8, "HST": -10, "BRT": -3, "ART": -3, "BST": 1, "WEST": 1, "CET": 1,
    "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "HKT": 8, "SGT": 8, "AWST": 8, "JST": 9, "KST": 9,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
# Before the web, a date is a default value and none.
_FIRST_YEAR = 1995
# What a text does not say must not be taken from today.
_NEVER = datetime(1, 1, 1)  # noqa: DTZ001 - filled in by the text's own zone
_FAILURES = (ValueError, OverflowError, TypeError, IndexError, AttributeError)


@lru_cache(maxsize=4096)
def moment(text: str | None) -> datetime | None:
    """The time in UTC, None where none can be made out; without a zone it counts as UTC."""
    text = " ".join((text or "").split())
    if not text or len(text) > _LONGEST or not any(char.isdigit() for char in text):
        return None
    for read in _readers(text):
        with suppress(*_FAILURES):
            found = read(text)
            aware = found if found.tzinfo else found.replace(tzinfo=UTC)
            utc = aware.astimezone(UTC)
            return utc if utc.year >= _FIRST_YEAR else None
    return None


def _readers(text: str) -> Sequence[Callable[[str], datetime]]:
    if text.isdecimal() or _DAY_OF_YEAR.fullmatch(text):
        return (_digits, _loosely)
    if _IS_EASTERN.search(text):
        return (_eastern,)
    if _HALF_DAY.search(text):
        return (_loosely,)
    return (datetime.fromisoformat, _mailed, _loosely) if text[:4].isdigit() else _DAY_FIRST


def _digits(text: str) -> datetime:
    if found := _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(found[1]), UTC)
    if found := _DAY_OF_YEAR.fullmatch(text):
        return datetime.strptime(f"{found[1][:4]} {found[2]} +0000", "%Y %j %z")
    raise ValueError(text)


def _eastern(text: str) -> datetime:
    found = _EASTERN.search(text)
    if found is None:
        raise ValueError(text)
    year, month, day, hour, minute, second = (
        int(found[group] or 0) for group in (1, 2, 3, 5, 6, 7)
    )
    later = 12 if found[4] in _AFTERNOON and hour < 12 else 0
    return datetime(year, month, day, hour + later, minute, second, tzinfo=UTC)


def _mailed(text: str) -> datetime:
    return parsedate_to_datetime(_with_offset(text))


def _loosely(text: str) -> datetime:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = dateutil.parse(_with_offset(in_english(text)), default=_NEVER, tzinfos=_zone)
    if not isinstance(found, datetime):
        raise TypeError(text)
    return found


def _with_offset(text: str) -> str:
    """The zone as `+0200`, which every reader knows."""
    if found := _OFFSET.search(text):
        return f"{text[: found.start()]} {found[1]}{found[2]}{found[3]}"
    found = _ZONE.search(text)
    hours = _HOURS.get(found[1]) if found else None
    return text if found is None or hours is None else f"{text[: found.start()]} {hours:+03}00"


def _zone(name: str | None, offset: int | None) -> timezone:
    """Of one that dateutil does not know; that of no known place counts as UTC."""
    hours = _HOURS.get(name or "")
    return timezone(timedelta(hours=hours) if hours is not None else timedelta(seconds=offset or 0))


_DAY_FIRST = (_mailed, _loosely)
