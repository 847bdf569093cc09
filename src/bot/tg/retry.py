"""What became of a call that failed, and whether it may be repeated."""

from __future__ import annotations

from enum import Enum

from telegram.error import (
    BadRequest,
    Conflict,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.tg.request import NotSent, ServerFault

LONGEST_PAUSE_SECONDS = 30.0


class Fate(Enum):
    """Telegram has no idempotency key, so what is not known to have failed may have arrived."""

    UNSENT = "unsent"
    FLOOD = "flood"
    FAULT = "fault"
    UNKNOWN = "unknown"
    REFUSED = "refused"


def fate(error: TelegramError) -> Fate:
    """By what the request really raises; to PTB a BadRequest is a NetworkError, too."""
    match error:
        case NotSent() | InvalidToken() | Conflict():
            return Fate.UNSENT
        case RetryAfter():
            return Fate.FLOOD
        case ServerFault():
            return Fate.FAULT
        case BadRequest():
            return Fate.REFUSED
        case NetworkError():
            return Fate.UNKNOWN
        case _:
            return Fate.REFUSED


def asked_seconds(error: RetryAfter) -> float:
    """How long Telegram wants to be left alone."""
    after = error.retry_after
    return float(after) if isinstance(after, (int, float)) else after.total_seconds()


def pause(attempts: int) -> float:
    """Seconds to wait before the next try: doubling from half a second, bounded."""
    return min(LONGEST_PAUSE_SECONDS, 0.25 * 2.0 ** min(attempts, 10))


class Retry:
    """How often one call may be repeated, by what is known of its fate.

    A call that never left and a 429 are repeated freely (the limits only end a hopeless wait); an
    answer of 5xx a few times; an unknown outcome once.
    """

    def __init__(self) -> None:
        self._left = {
            Fate.UNSENT: 40, Fate.FLOOD: 20, Fate.FAULT: 6, Fate.UNKNOWN: 1, Fate.REFUSED: 0,
        }  # fmt: skip
        self._tries = 0

    def again(self, error: TelegramError) -> bool:
        """Whether one more try is allowed; counts it."""
        self._left[fate(error)] -= 1
        return self._left[fate(error)] >= 0

    def pause(self) -> float:
        """Seconds to wait before the next try."""
        self._tries += 1
        return pause(self._tries)
