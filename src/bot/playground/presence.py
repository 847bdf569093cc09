"""Whether a bot is listening: it polls, or did a moment ago, or has set a webhook."""

import asyncio
from collections.abc import Callable

MOMENT_SECONDS = 2.0


class Presence:
    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._polls = 0
        self._end: asyncio.TimerHandle | None = None
        self.polling = False

    def arrive(self) -> None:
        self._polls += 1
        self._stop_waiting()
        self._turn(True)

    def leave(self) -> None:
        self._polls -= 1
        if not self._polls:
            loop = asyncio.get_running_loop()
            self._end = loop.call_later(MOMENT_SECONDS, self._turn, False)

    def close(self) -> None:
        self._stop_waiting()

    def _stop_waiting(self) -> None:
        if self._end:
            self._end.cancel()
            self._end = None

    def _turn(self, polling: bool) -> None:
        if polling != self.polling:
            self.polling = polling
            self._changed()
