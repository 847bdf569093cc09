"""Headlines, as the shelf holds them and as content files write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

TOPICS = (
    "world",
    "business",
    "technology",
    "science",
    "health",
    "culture",
    "sport",
    "environment",
)


@dataclass(frozen=True, slots=True)
class TopicWords:
    """Words that tell that a headline of a language belongs to a topic."""

    language: str
    topic: str
    words: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.language}/{self.topic}"


@dataclass(frozen=True, slots=True)
class HeadlineEntry:
    """A headline before it stands on a shelf.

    `sample`: for the playground only, where a `late` one comes by its newsroom's feeds.
    """

    key: str
    language: str
    topic: str
    title: str
    source: str
    url: str
    published: datetime
    text: str
    sample: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline on the shelf; `quotes` are verbatim sentences of its article, None until read."""

    id: int
    language: str
    topic: str
    title: str
    source: str
    url: str
    published: datetime
    quotes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A headline whose text only leads to its article; `digest` tells whether it is still so."""

    id: int
    url: str
    title: str
    source: str
    language: str
    text: str
    digest: str
