"""Stories: what several sources say about one event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models.headlines import Headline

# Terms, as numbers of 32 bits, with their weights.
Terms = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Sketch:
    """An entry as clustering sees it: how often it has which terms.

    `head` counts those of its title and first sentences alone. `names` are the title's words with
    a capital, `skeleton` is equal for titles that differ in dates and numbers only, `paired` says
    that the terms are pairs of characters. Terms of different `pool`s are never equal.
    """

    pool: str
    source: int
    published: datetime
    counts: Terms
    head: Terms
    names: frozenset[int]
    skeleton: int
    paired: bool


@dataclass(frozen=True, slots=True)
class Centroid:
    """A story as clustering sees it: the sum of the unit vectors of its `entries`.

    `skeleton` is that of all its titles, None once they differ. `fresh` are terms that appeared
    since its `version`, which counts how often it really changed, the last time at `changed_at`.
    """

    id: int
    entries: int
    terms: Terms
    names: frozenset[int]
    sources: frozenset[int]
    skeleton: int | None
    fresh: frozenset[int]
    first_seen: datetime
    last_seen: datetime
    version: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A headline that is new, changed or gone since stories took note of it.

    `story` is where it was, `gone` says that it was taken off the shelf, `weight` is its feed's.
    """

    id: int
    language: str
    sample: bool
    topic: str
    title: str
    text: str
    source: str
    url: str
    canonical: str | None
    published: datetime
    weight: float
    story: int | None
    gone: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A headline of a story, as far as it decides which leads; `chars` is the text's length."""

    id: int
    topic: str
    published: datetime
    chars: int
    weight: float


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence, word for word, of the article behind the headline with that number."""

    headline: int
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """An event with what its sources say, the leading entry first, then by time.

    `sources` counts them, `version` how often the story really changed, last at `changed_at`, and
    `revision` how often anything about it did. A higher `score` stands higher in the news.
    `quotes` are None until its articles were read.
    """

    id: int
    language: str
    topic: str
    entries: tuple[Headline, ...]
    sources: int
    first_seen: datetime
    last_seen: datetime
    version: int
    changed_at: datetime
    revision: int
    score: float
    quotes: tuple[Quoted, ...] | None = None

    @property
    def lead(self) -> Headline:
        return self.entries[0]

    def entry(self, headline_id: int) -> Headline | None:
        """One of its headlines."""
        return next((entry for entry in self.entries if entry.id == headline_id), None)


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A page of what `wanted` (a topic, a source, a word or all) gives, of `total` in all.

    `updated` are the stories that changed since the chat was told them; `elsewhere` counts the
    stories of the other languages, of the same topic where one is wanted.
    """

    stories: tuple[Story, ...]
    total: int
    offset: int
    wanted: str
    language: str
    updated: frozenset[int] = frozenset()
    elsewhere: Mapping[str, int] = field(default_factory=dict)
