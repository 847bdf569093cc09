"""A summary somebody asked for: what they wish, and what they get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.models.reading import Reading, Sentence


@dataclass(frozen=True, slots=True)
class Length:
    """How long a summary should be; in Chinese each character counts as a word."""

    count: int
    unit: Literal["sentences", "words"] = "sentences"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is left out is found out: the language, the title, the best method."""

    length: Length
    method: str | None = None
    language: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A reading that is kept for its chat; the title may be a file's name, `url` a page's,
    `file_id` what Telegram calls the file."""

    id: int
    title: str | None
    reading: Reading
    url: str | None = None
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """The chosen sentences in the order of the source, and what else the reading found.

    `source` is the text of a file; who gave a text has it already.
    """

    source: str | None
    reading: Reading
    sentences: tuple[Sentence, ...]
    words: int
    keywords: tuple[str, ...]
