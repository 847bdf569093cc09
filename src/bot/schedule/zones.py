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

# As people abbreviate them, by clocks that change with the seasons; the tz database has `EST` too,
# which never does. CST is America's as well as China's, and Arizona keeps MST all year: left out.
_ABBREVIATED = {
    **dict.fromkeys(("et", "est", "edt"), "America/New_York"),
    "cdt": "America/Chicago",
    **dict.fromkeys(("mt", "mdt"), "America/Denver"),
    **dict.fromkeys(("pt", "pst", "pdt"), "America/Los_Angeles"),
    "bst": "Europe/London",
    **dict.fromkeys(("cet", "cest"), "Europe/Berlin"),
    "msk": "Europe/Moscow",
    "jst": "Asia/Tokyo",
}

log = logging.getLogger(__name__)

_OFFSET = re.compile(r"utc([+-])(\d\d):(\d\d)")


def named(text: str) -> str | None:
    """The IANA zone of that name, in any case; `america/new york` and `EST` will do too."""
    name = text.strip().casefold().replace(" ", "_")
    return _ABBREVIATED.get(name) or _names().get(name)


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
