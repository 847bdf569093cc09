"""Jokes, as the shelf holds them and as content files write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Vote = Literal["laugh", "shrug"]
# The category of a joke for which nobody has said one.
OTHER = "other"


@dataclass(frozen=True, slots=True)
class JokeEntry:
    """A joke before it stands on a shelf; `key` is the stable id of its content file."""

    key: str
    language: str
    category: str
    text: str
    punchline: str | None = None


@dataclass(frozen=True, slots=True)
class Joke:
    """A joke on the shelf with its votes."""

    id: int
    language: str
    category: str
    text: str
    punchline: str | None
    laughs: int = 0
    shrugs: int = 0


@dataclass(frozen=True, slots=True)
class Telling:
    """A joke chosen for a chat; `starts_over` when all that fit had been told there before."""

    joke: Joke
    starts_over: bool = False
