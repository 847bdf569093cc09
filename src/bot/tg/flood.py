"""A person may do so much at once and so much for long; more is told once, then ignored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from cachetools import LRUCache

from bot.config import PERSON_BURST, PERSON_REFILL_PER_SECOND

if TYPE_CHECKING:
    from datetime import datetime

REMEMBERED = 10_000


class Flow(Enum):
    """What a token bucket says of one more act."""

    FREE = "free"
    TELL = "tell"
    SILENT = "silent"


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: datetime
    told: bool = False


class Flood:
    """One token bucket a person; `at` is when Telegram got the act, so a backlog is no flood."""

    def __init__(self) -> None:
        self._buckets: LRUCache[int, _Bucket] = LRUCache(REMEMBERED)

    def check(self, person_id: int, at: datetime) -> Flow:
        """Take a token; TELL is returned once, until the bucket has filled by half."""
        bucket = self._buckets.setdefault(person_id, _Bucket(PERSON_BURST, at))
        gained = max((at - bucket.at).total_seconds(), 0) * PERSON_REFILL_PER_SECOND
        bucket.tokens, bucket.at = min(bucket.tokens + gained, PERSON_BURST), max(at, bucket.at)
        if bucket.tokens >= PERSON_BURST / 2:
            bucket.told = False
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return Flow.FREE
        told, bucket.told = bucket.told, True
        return Flow.SILENT if told else Flow.TELL
