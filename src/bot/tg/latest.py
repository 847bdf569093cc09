"""Changes of a message of which only the newest counts: the others need not be made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable

Change = Callable[[], Awaitable[None]]


class Latest:
    """One change of a message is under way at a time; what came meanwhile but the last is dropped.

    So a group that laughs at a joke is answered at once, and the numbers under it follow as fast as
    Telegram's limits allow.
    """

    def __init__(self) -> None:
        self._next: dict[Hashable, Change | None] = {}

    def put(self, key: Hashable, change: Change) -> bool:
        """Whether somebody has to `make` it; otherwise it is made after the one under way."""
        idle = key not in self._next
        self._next[key] = change
        return idle

    async def make(self, key: Hashable) -> None:
        """Until there is no newer one."""
        try:
            while change := self._next[key]:
                self._next[key] = None
                await change()
        finally:
            del self._next[key]
