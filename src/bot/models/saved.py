"""What people keep for themselves: jokes, reports and stories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

Kind = Literal["joke", "report", "story"]


@dataclass(frozen=True, slots=True)
class Target:
    """Something on a shelf that can be saved."""

    kind: Kind
    id: int
    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """Something on a person's list, titled as it was then.

    `item_id` is its number on the shelf, None once its row there is gone.
    """

    id: int
    kind: Kind
    item_id: int | None
    title: str
    url: str | None
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page of a list of `total`."""

    items: tuple[Saved, ...]
    offset: int
    total: int
