"""What Telegram's answers tell besides their words: its clock, and how long it takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# Each answer counts this much towards the mean of their times.
WEIGHT = 0.1
# A machine that boots with the wrong year sends no digests for it.
MOST_SKEW = timedelta(minutes=1)


class Pulse:
    """`skew` is Telegram's clock minus the machine's own, None while nothing is known of it."""

    def __init__(self) -> None:
        self.skew: timedelta | None = None
        self.seconds = 0.1

    def note(self, date: str | None, seconds: float) -> None:
        """One answer: its Date header, and the seconds it took."""
        self.seconds += WEIGHT * (seconds - self.seconds)
        if date is None:
            return
        try:
            self.skew = parsedate_to_datetime(date) - datetime.now(UTC)
        except (ValueError, TypeError):  # it is no date, or one without a zone
            self.skew = None

    @property
    def agrees(self) -> bool:
        """Whether the machine's clock may be trusted, as far as Telegram ever told the time."""
        return self.skew is None or abs(self.skew) <= MOST_SKEW
