"""`volcano for 7 days`, `“足球” 7天`: a name, and for how long."""

from __future__ import annotations

import re

MOST_DAYS = 366
_SPAN = re.compile(
    r"(?P<name>.*\S)\s+for\s+(?P<n>\d{1,3}|an?|one)\s+(?P<unit>day|week|month)s?"
    r"|(?P<zh>.*\S)\s+(?P<zh_n>\d{1,3}|[一两三七])\s*(?P<zh_unit>天|周|个月)",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "month": 30, "天": 1, "周": 7, "个月": 30}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "一": 1, "两": 2, "三": 3, "七": 7}
_QUOTED = re.compile(r"[“\"'‘「『«](?P<name>[^“”\"‘「」『』«»]+)[”\"'’」』»]")


def named(text: str) -> tuple[str, int | None]:
    """The name without quotes around it, and the days; None where it is for good."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        return _plain(text), None
    number, unit = found["n"] or found["zh_n"], found["unit"] or found["zh_unit"]
    many = int(number) if number.isdecimal() else _NUMBERS[number.lower()]
    days = many * _DAYS[unit.lower()]
    if not 0 < days <= MOST_DAYS:
        return _plain(text), None
    return _plain(found["name"] or found["zh"]), days


def _plain(name: str) -> str:
    quoted = _QUOTED.fullmatch(name.strip())
    return quoted["name"].strip() if quoted else name.strip()
