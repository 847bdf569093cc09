"""Waking everybody who waits for the next change."""

import asyncio


class Pulse:
    def __init__(self) -> None:
        self._next: asyncio.Future[None] | None = None

    def beat(self) -> None:
        """Wakes those who wait now; who comes later waits for the next beat."""
        if self._next and not self._next.done():
            self._next.set_result(None)
        self._next = None

    async def wait(self) -> None:
        if self._next is None:
            self._next = asyncio.get_running_loop().create_future()
        await asyncio.shield(self._next)
