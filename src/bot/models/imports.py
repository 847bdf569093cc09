"""Imports: what one would change, what it changed, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models.said import Said

# `looked`: its admin has not said go. What breaks off is taken back, and is `failed` then.
State = Literal["looked", "running", "done", "failed", "undone"]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many entries are new, differ from what stands there, and are there already."""

    added: int = 0
    changed: int = 0
    kept: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.added + other.added, self.changed + other.changed, self.kept + other.kept)


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry that would change what stands there: both in their words."""

    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a line of a file, and what to do about it."""

    file: str
    line: int
    said: Said

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"

    def __str__(self) -> str:
        return f"{self.place}: {self.said}"


@dataclass(frozen=True, slots=True)
class Findings:
    """What a look at a file says; `counts` are by kind and language, as in jokes and en."""

    tally: Tally = field(default_factory=Tally)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()
    all_problems: int = 0
    doubles: int = 0
    unfit: int = 0
    note: Said | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """One that was asked for in a chat, or on the command line (by nobody)."""

    id: int
    person_id: int | None
    name: str
    file_id: str | None
    state: State
    tally: Tally
    at: datetime
