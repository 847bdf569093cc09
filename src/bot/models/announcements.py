"""Announcements: one message to many chats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.models.messages import Copy

Whom = Literal["all", "people", "groups", "subscribers"]
# What an announcement is at; one that is cancelled or retracted may still have messages under way.
Stage = Literal["draft", "running", "paused", "cancelled", "retracted"]


@dataclass(frozen=True, slots=True)
class Audience:
    """Which chats get it; those that blocked the bot never do. No language means every one."""

    whom: Whom = "all"
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """What is said to whom, by the admin `by`."""

    id: int
    by: int
    source: Copy
    audience: Audience
    stage: Stage
    started_at: datetime | None


@dataclass(frozen=True, slots=True)
class Watched:
    """One whose progress the message `panel_id` tells, in the `language` of its chat; `told` is
    what it says now.
    """

    one: Announcement
    panel_id: int
    language: str
    told: str | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one has come: `unknown` may have arrived or not, `left` is how long it still takes.

    `open` counts what is still to be sent, or after a retraction to be deleted.
    """

    open: int
    sent: int
    failed: int
    unknown: int
    deleted: int
    left: timedelta

    @property
    def total(self) -> int:
        return self.open + self.sent + self.failed + self.unknown + self.deleted
