"""The queue of updates a bot polls: at least once, confirmed by offset, one poller at a time."""

import asyncio
from collections import deque
from collections.abc import Callable
from itertools import islice
from typing import Any

from bot.playground.counters import Counters
from bot.playground.errors import conflict
from bot.playground.pulse import Pulse

LONGEST_POLL = 50
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Updates:
    def __init__(self, counters: Counters, changed: Callable[[], None]) -> None:
        self._counters = counters
        self._changed = changed
        self.pending: deque[dict[str, Any]] = deque()
        self.allowed: frozenset[str] = frozenset()
        self.webhook_active = False
        self._turn = 0
        self._conflict = ""
        self._pulse = Pulse()
        self._closing = False

    def push(self, kind: str, payload: dict[str, Any]) -> int:
        """Queues one update; what the bot did not ask for gets 0 and is dropped."""
        wanted = kind in self.allowed if self.allowed else kind not in _ON_REQUEST
        if not wanted:
            return 0
        number = self._counters.next("update_id")
        self.pending.append({"update_id": number, kind: payload})
        self._pulse.beat()
        return number

    def confirm(self, offset: int) -> None:
        """Forgets what came before `offset`; a negative one counts from the end."""
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        while self.pending and self.pending[0]["update_id"] < offset:
            self.pending.popleft()
        self._changed()

    async def poll(self, offset: int, limit: int, timeout: int) -> list[dict[str, Any]]:  # noqa: ASYNC109
        if self.webhook_active:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self._take_turn(
            "terminated by other getUpdates request; "
            "make sure that only one bot instance is running"
        )
        turn = self._turn
        self.confirm(offset)
        if not self.pending and timeout > 0:
            await self._wait(turn, min(timeout, LONGEST_POLL))
        return list(islice(self.pending, max(1, min(limit, 100))))

    async def wait_for_one(self) -> None:
        """Returns when something is pending (for the webhook)."""
        while not self.pending:
            await self._pulse.wait()

    def interrupt(self, reason: str) -> None:
        """Ends a long poll under way with a conflict."""
        self._take_turn(reason)

    def close(self) -> None:
        """Ends a long poll under way with what there is."""
        self._closing = True
        self._pulse.beat()

    def _take_turn(self, reason: str) -> None:
        self._turn += 1
        self._conflict = reason
        self._pulse.beat()

    async def _wait(self, turn: int, seconds: int) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not (self.pending or self._closing):
                    await self._pulse.wait()
                    if turn != self._turn:
                        raise conflict(self._conflict)
        except TimeoutError:
            return
