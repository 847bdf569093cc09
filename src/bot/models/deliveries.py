"""Messages on their way out, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

Kind = Literal["digest", "alert", "broadcast", "removal", "notice"]
State = Literal["waiting", "taken", "sending", "done", "parked", "dead", "held"]


@dataclass(frozen=True, slots=True)
class Digest:
    """What a digest is to hold: news since `since`, if they are `at_least` so many, or else a joke.

    `number` counts the digests of a subscription; `asks_weekly` says to ask if it is too many,
    `is_last` that the subscription ends with it.
    """

    subscription_id: int
    language: str
    zone: str
    shelves: tuple[str, ...]
    topics: tuple[str, ...]
    since: datetime
    number: int
    late: bool
    at_least: int = 0
    else_joke: bool = False
    asks_weekly: bool = False
    is_last: bool = False
    in_channel: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message taken from the outbox; `payload` is None until it is composed, and for a removal,
    where `message_id` says what is to be deleted.

    `unknowns` counts the tries of which nobody knows whether Telegram took them.
    """

    id: int
    kind: Kind
    chat_id: int
    topic_id: int | None
    due_at: datetime
    day: date
    payload: str | None
    digest: Digest | None
    attempts: int
    unknowns: int
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """How a delivery went: sent, to be tried at `again_at`, or given up with the reason.

    `left` is what is still to be sent, packed, where a part of the message was.
    """

    id: int
    state: State
    message_id: int | None = None
    again_at: datetime | None = None
    unknowns: int = 0
    error: str | None = None
    left: str | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is still to be sent: how much, since when the oldest is due, and how long it will take.

    `parked` and `dead` are those of the last thirty days that never arrived, or perhaps not.
    """

    open: int
    lag: timedelta
    left: timedelta
    parked: int
    dead: int
