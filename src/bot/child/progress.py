"""How far a task has come: two numbers in memory that the bot and one worker share.

Nothing waits for them and nothing locks them, so a worker may be killed while it counts.
"""

from __future__ import annotations

from ctypes import c_longlong
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ctypes import Array
    from multiprocessing.context import ForkServerContext

    Counts = Array[c_longlong]


def counts(context: ForkServerContext) -> Counts:
    """For one worker, which gets them when it is started."""
    return context.RawArray(c_longlong, 2)


class Progress:
    """Asked by whoever waits for a task."""

    def __init__(self) -> None:
        self._counts: Counts | None = None
        self._told = (0, 0)

    def tell(self, done: int, total: int) -> None:
        """Of work that no worker does."""
        self._told = done, total

    def follow(self, counts: Counts) -> None:
        """From now on the task of the worker that holds these."""
        counts[0] = counts[1] = 0
        self._counts = counts

    @property
    def pages(self) -> tuple[int, int]:
        """How many were read, of how many; (0, 0) while the task waits, or has no pages."""
        return (self._counts[0], self._counts[1]) if self._counts else self._told
