"""What Telegram's answers tell besides their words: its clock, and how long it takes."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Each answer counts this much towards the mean of their times, the first ones more.
WEIGHT = 0.1
# A machine that boots with the wrong year sends no digests for it.
MOST_SKEW = timedelta(minutes=1)


def utc_now() -> datetime:
    return datetime.now(UTC)


def uptime() -> float:
    """Seconds that nobody can set, those in which the machine slept included where it can tell."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Pulse:
    """Telegram's clock goes on by the machine's uptime, so that a jump of the machine's own clock
    is seen at once, and not with the next answer.
    """

    def __init__(
        self, clock: Callable[[], datetime] = utc_now, uptime: Callable[[], float] = uptime
    ) -> None:
        self.seconds, self.answers = 0.1, 0
        self._clock, self._uptime = clock, uptime
        self._heard = uptime()
        self._booted: datetime | None = None

    def told(self, date: str | None) -> None:
        """The Date header of an answer; one that can't be read tells only that there was one."""
        self._heard = self._uptime()
        try:
            moment = parsedate_to_datetime(date) if date else None
        except ValueError:
            return
        if moment is not None and moment.tzinfo is not None:
            self._booted = moment - timedelta(seconds=self._uptime())

    def took(self, seconds: float) -> None:
        """How long an answer took that Telegram did not hold back."""
        self.answers += 1
        self.seconds += max(WEIGHT, 1 / self.answers) * (seconds - self.seconds)

    @property
    def silent(self) -> float:
        """Seconds since Telegram answered anything."""
        return self._uptime() - self._heard

    @property
    def skew(self) -> timedelta:
        """Telegram's clock minus the machine's own; nothing as long as Telegram told no time."""
        if self._booted is None:
            return timedelta()
        return self._booted + timedelta(seconds=self._uptime()) - self._clock()

    @property
    def agrees(self) -> bool:
        """Whether the machine's clock may be trusted."""
        return abs(self.skew) <= MOST_SKEW
