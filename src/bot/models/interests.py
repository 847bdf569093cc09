"""What a chat follows, and what it does not want to hear of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

Kind = Literal["follow", "mute"]
What = Literal["word", "source", "topic"]


@dataclass(frozen=True, slots=True)
class Interest:
    """A word, source or topic, as it was typed or stands in the news.

    `until` None means for good; `id` is 0 until it is kept.
    """

    kind: Kind
    what: What
    name: str
    until: datetime | None = None
    id: int = 0
