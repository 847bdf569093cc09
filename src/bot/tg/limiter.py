"""Every call to Telegram passes here: paced under its limits, repeated only where that is safe."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from aiolimiter import AsyncLimiter
from cachetools import LRUCache
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.tg.request import NotSent, ServerFault

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

log = logging.getLogger(__name__)

PACED = ("send", "copy", "forward", "edit")
ANSWERS = (*PACED, "answer", "getFile")
UNPACED = {"sendChatAction"}
REMEMBERED_CHATS = 10_000
LONGEST_PAUSE_SECONDS = 30.0


class Retry:
    """How often one call may be repeated, by what is known of its fate.

    A call that never left and a 429 are repeated freely (the limits only end a hopeless wait); an
    answer of 5xx a few times; an unknown outcome once, because Telegram has no idempotency key.
    """

    NOT_SENT, FLOOD, FAULT, UNKNOWN = 40, 20, 6, 1

    def __init__(self) -> None:
        self._left = {NotSent: self.NOT_SENT, RetryAfter: self.FLOOD, ServerFault: self.FAULT}
        self._unknown = self.UNKNOWN
        self._pause = 0.25

    def again(self, error: NetworkError | RetryAfter) -> bool:
        """Whether one more try is allowed; counts it."""
        kind = type(error)
        if kind in self._left:
            self._left[kind] -= 1
            return self._left[kind] >= 0
        self._unknown -= 1
        return self._unknown >= 0

    def pause(self) -> float:
        """Seconds to wait before the next try: doubling, bounded."""
        self._pause = min(LONGEST_PAUSE_SECONDS, self._pause * 2)
        return self._pause


class Limiter(BaseRateLimiter[None]):
    """Bot-wide and per-chat ceilings, and one gate that a 429 closes for all calls."""

    def __init__(self, *, per_second: float, chat_per_second: float, group_per_minute: float):
        # A bucket of b that leaks rate-b never lets more than `rate` pass in any one window.
        burst = max(1.0, per_second / 32)
        self._all = AsyncLimiter(burst, burst / max(per_second - burst, burst))
        self._chat_pause = 1 / chat_per_second
        self._group_burst = max(1.0, group_per_minute / 4)
        self._group_leak = max(group_per_minute - self._group_burst, 1.0) / 60
        self._chats: LRUCache[object, tuple[AsyncLimiter, ...]] = LRUCache(REMEMBERED_CHATS)
        self._open_at = 0.0
        self._gate = asyncio.Event()
        self._gate.set()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Any:
        """Make the call when there is room for it; repeat it as `Retry` allows."""
        retry = Retry()
        while True:
            await self._room(endpoint, data)
            try:
                return await callback(*args, **kwargs)
            except (RetryAfter, NetworkError) as error:
                if not _repeatable(error, endpoint) or not retry.again(error):
                    raise
                await self._wait(error, retry)

    async def _room(self, endpoint: str, data: dict[str, Any]) -> None:
        if not endpoint.startswith(PACED) or endpoint in UNPACED:
            await self._gate.wait()
            return
        if data.get("chat_id") is not None:
            for limiter in self._chat(data["chat_id"]):
                await limiter.acquire()
        while True:
            # Room taken before the gate or while it is closed would be a crowd when it opens.
            await self._gate.wait()
            await self._all.acquire()
            if self._gate.is_set():
                return

    async def _wait(self, error: NetworkError | RetryAfter, retry: Retry) -> None:
        if not isinstance(error, RetryAfter):
            await asyncio.sleep(retry.pause())
            return
        seconds = _seconds(error)
        log.warning("Telegram asks for a pause of %g s.", seconds)
        loop = asyncio.get_running_loop()
        self._open_at = max(self._open_at, loop.time() + seconds)
        if self._gate.is_set():
            self._gate.clear()
            loop.call_at(self._open_at, self._open, loop)

    def _open(self, loop: asyncio.AbstractEventLoop) -> None:
        if loop.time() < self._open_at:
            loop.call_at(self._open_at, self._open, loop)
        else:
            self._gate.set()

    def _chat(self, chat_id: object) -> tuple[AsyncLimiter, ...]:
        limiters = self._chats.get(chat_id)
        if limiters is None:
            limiters = self._chats[chat_id] = self._new(chat_id)
        return limiters

    def _new(self, chat_id: object) -> tuple[AsyncLimiter, ...]:
        each = AsyncLimiter(1, self._chat_pause)
        if isinstance(chat_id, int) and chat_id < 0:
            return AsyncLimiter(self._group_burst, self._group_burst / self._group_leak), each
        return (each,)


def _repeatable(error: Exception, endpoint: str) -> bool:
    """Whether a person waits for this call, and its failure is not Telegram's last word."""
    if isinstance(error, RetryAfter):
        return True
    return endpoint.startswith(ANSWERS) and not isinstance(error, BadRequest)


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after) if isinstance(after, (int, float)) else after.total_seconds()
