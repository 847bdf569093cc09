"""What a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Shelf = Literal["stories", "reports", "jokes"]
SHELVES: tuple[Shelf, ...] = ("stories", "reports", "jokes")


@dataclass(frozen=True, slots=True)
class Hit:
    """A story, a report or a joke by its number; `text` is where the words were found."""

    id: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what one shelf has, and how many there are on each."""

    query: str
    shelf: Shelf
    hits: tuple[Hit, ...]
    offset: int
    totals: Mapping[Shelf, int]

    @property
    def total(self) -> int:
        return self.totals[self.shelf]
