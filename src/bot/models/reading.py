"""What the reading room makes of a document. Offsets count code points of `Reading.source`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the document: its level (1 is the highest), title and offset."""

    level: int
    title: str
    start: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its place: `source[start:end] == text`; a higher score matters more."""

    text: str
    start: int
    end: int
    section: str | None
    page: int | None
    score: float


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of one of several documents, told by its number."""

    document: int
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit and what it counts: `source[start:end] == text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A top section, or what stands above the first, and the best of its sentences, best first."""

    section: Section | None
    ranked: tuple[Sentence, ...]

    def best(self, count: int) -> tuple[Sentence, ...]:
        """The `count` best sentences in the order of the source."""
        return tuple(sorted(self.ranked[:count], key=lambda sentence: sentence.start))


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read once: its outline, key figures and its best sentences, best first.

    All lengths of a summary come from the one ranking: `best(3)` is contained in `best(7)`. So do
    the sentences of its parts, into which a document without headings is not divided.
    """

    language: str
    title: str | None
    words: int
    sections: tuple[Section, ...]
    ranked: tuple[Sentence, ...]
    figures: tuple[Figure, ...]
    parts: tuple[Part, ...] = ()

    def best(self, count: int) -> tuple[Sentence, ...]:
        """The `count` best sentences in the order of the source."""
        return tuple(sorted(self.ranked[:count], key=lambda sentence: sentence.start))
