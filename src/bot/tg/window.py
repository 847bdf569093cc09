"""How many messages may be on their way at once; a kill doubles no more than that."""

from __future__ import annotations

from math import ceil

FEWEST, MOST = 4, 64


class Window:
    """Grows by one with each answer and halves with each failure, as TCP does.

    So a failure among many costs little, and an outage closes it after a few messages.
    """

    def __init__(self, per_second: float) -> None:
        self._per_second = per_second
        self._trust = float(MOST)

    def size(self, seconds: float) -> int:
        """Twice what the ceiling lets out while an answer takes `seconds`; 0 in an outage."""
        wanted = max(FEWEST, ceil(2 * self._per_second * seconds))
        return int(min(wanted, MOST, self._trust))

    def grow(self) -> None:
        """Telegram answered."""
        self._trust = min(MOST, self._trust + 1)

    def shrink(self) -> None:
        """It did not, or said that it is broken."""
        self._trust /= 2

    @property
    def closed(self) -> bool:
        """Nothing may be on its way: Telegram is out of reach."""
        return self._trust < 1

    def reopen(self) -> None:
        """After an outage it begins with one message."""
        self._trust = 1
