"""Zones by name, and by what the clock on the wall says."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.models.subscriptions import City

log = logging.getLogger(__name__)

_OFFSET = re.compile(r"utc([+-])(\d\d):(\d\d)")


def named(text: str) -> str | None:
    """The IANA zone of that name, in any case; `europe/new york` will do too."""
    return _names().get(text.strip().casefold().replace(" ", "_"))


@cache
def known(zone: str) -> str:
    """The zone as it is kept somewhere, or UTC where the tz database has lost it: whoever lives by
    it sees that and may choose another, and nobody else's day is harmed.
    """
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, LookupError):
        log.warning("The tz database has no zone %s: UTC is used instead.", zone)
        return "UTC"
    return zone


def where_it_is(hour: int, now: datetime, cities: Iterable[City]) -> list[City]:
    """Those whose clocks show this hour."""
    return [city for city in cities if now.astimezone(ZoneInfo(city.zone)).hour == hour]


def offset(text: str) -> timedelta | None:
    """That of `utc+05:30`."""
    found = _OFFSET.fullmatch(text)
    if found is None:
        return None
    ahead = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return ahead if found[1] == "+" else -ahead


def with_offset(ahead: timedelta, now: datetime, cities: Iterable[City]) -> list[City]:
    """Those whose clocks are so far ahead of Greenwich's."""
    return [city for city in cities if now.astimezone(ZoneInfo(city.zone)).utcoffset() == ahead]


@cache
def _names() -> dict[str, str]:
    """`posix/` and `right/` are copies, `Factory` and `localtime` no places."""
    copies = ("posix/", "right/", "Factory", "localtime", "posixrules")
    return {zone.casefold(): zone for zone in available_timezones() if not zone.startswith(copies)}
