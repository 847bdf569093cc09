"""What a digest holds, before it is a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models.jokes import Telling
    from bot.models.reading import Sentence
    from bot.models.stories import Story


@dataclass(frozen=True, slots=True)
class Instalment:
    """Part `number` (from 1) of the `total` of a report, by its best sentences."""

    report_id: int
    title: str
    heading: str | None
    sentences: tuple[Sentence, ...]
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class Brief:
    """One digest: stories, each with whether it is an update, a part of a report, and a joke.

    `subscription_id` is 0 where somebody asked for it. `was_due` is a local time if it is late.
    """

    subscription_id: int
    shelves: tuple[str, ...]
    stories: tuple[tuple[Story, bool], ...] = ()
    instalment: Instalment | None = None
    telling: Telling | None = None
    was_due: datetime | None = None
    asks_weekly: bool = False
    is_last: bool = False
    in_channel: bool = False
