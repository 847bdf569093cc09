"""`8 in the evening` and `every night at 11 pm`, as hours that have their half of the day."""

from __future__ import annotations

import re

_DAYTIME = r"\b(morning|afternoon|evening|night)s?\b"
_HOUR = r"(?<![\w:.])(\d{1,2}(?::\d{2})?)"
_AFTER_HOUR = re.compile(rf"{_HOUR}(\s*[ap]\.?m\b\.?)?\s+(?:in\s+the|at)\s+{_DAYTIME}")
_BEFORE_HOUR = re.compile(rf"{_DAYTIME},?\s+(?:at\s+)?{_HOUR}(?![\d:])(\s*[ap]\.?m\b\.?)?")


def with_halves(text: str) -> str:
    """The text (in small letters) with `am` and `pm` where it says in words what is meant."""
    text = _AFTER_HOUR.sub(lambda found: _hour(found[1], found[2], found[3]), text)
    return _BEFORE_HOUR.sub(lambda found: _hour(found[2], found[3], found[1]), text)


def _hour(clock: str, half: str | None, daytime: str) -> str:
    number = int(clock.partition(":")[0])
    if half or not 0 < number <= 12:
        return f" {clock}{half or ''} "
    midnight = daytime == "night" and number == 12
    return f" {clock}{'am' if daytime == 'morning' or midnight else 'pm'} "
