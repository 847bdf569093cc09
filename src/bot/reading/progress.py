"""How far a long document has been read, for whoever waits outside."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def _nobody(page: int, pages: int) -> None:
    """Most documents are read before anybody could ask."""


# Called with the number of each page that has been read, and with how many there are.
turned: ContextVar[Callable[[int, int], None]] = ContextVar("turned", default=_nobody)
