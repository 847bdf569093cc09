"""Dates as feeds write them."""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from dateutil import parser as dateutil

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LONGEST = 60
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日\s*(?:(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
# The one reader that knows them.
_HALF_DAY = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)
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


def _chinese(text: str) -> datetime:
    found = _CHINESE.search(text)
    if found is None:
        raise ValueError(text)
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def _loosely(text: str) -> datetime:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = dateutil.parse(text, default=_NEVER, tzinfos=lambda _, offset: offset or 0)
    if not isinstance(found, datetime):
        raise TypeError(text)
    return found


def _readers(text: str) -> Sequence[Callable[[str], datetime]]:
    if _HALF_DAY.search(text):
        return (_loosely,)
    return _YEAR_FIRST if text[:4].isdigit() else _DAY_FIRST


_DAY_FIRST = (parsedate_to_datetime, _chinese, _loosely)
_YEAR_FIRST = (datetime.fromisoformat, _chinese, parsedate_to_datetime, _loosely)
