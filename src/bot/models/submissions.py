"""Jokes that people send in, and what waits for a moderator."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal

from bot.models.jokes import JokeEntry

if TYPE_CHECKING:
    from datetime import datetime

Kind = Literal["sent", "flagged"]


@dataclass(frozen=True, slots=True)
class Wording:
    """A joke in words, before it has a place anywhere."""

    text: str
    punchline: str | None = None

    def __str__(self) -> str:
        return f"{self.text}\n{self.punchline}" if self.punchline else self.text

    @property
    def mark(self) -> str:
        """Another one for other words: who decides has read these."""
        return blake2b(repr(self).encode(), digest_size=3).hexdigest()


@dataclass(frozen=True, slots=True)
class Match:
    """A joke that another is like, from 0 to 1; `shelved` or still waiting itself."""

    wording: Wording
    likeness: float
    shelved: bool


@dataclass(frozen=True, slots=True)
class Case:
    """What a moderator decides: a joke that was sent in, or one of the shelf that was flagged."""

    kind: Kind
    id: int
    wording: Wording
    language: str
    category: str
    since: datetime
    person_id: int | None = None
    person: str | None = None
    flags: int = 0
    hidden: bool = False
    like: Match | None = None

    @property
    def key(self) -> str:
        """By which buttons name it, with the mark of its words."""
        return f"{self.kind[0]}{self.id}.{self.wording.mark}"

    def entry(self, wording: Wording, key: str = "") -> JokeEntry:
        """The joke for its shelf, in these words."""
        return JokeEntry(key, self.language, self.category, wording.text, wording.punchline)

    def beside(self, like: Match | None) -> Case:
        """The same with the joke most like it."""
        return replace(self, like=like)
