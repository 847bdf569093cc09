"""Every call to Telegram passes here: paced under its limits, repeated only where that is safe."""

from __future__ import annotations

import asyncio
import logging
from math import inf
from typing import TYPE_CHECKING, Any

from aiolimiter import AsyncLimiter
from cachetools import LRUCache
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.tg.retry import Retry, asked_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

log = logging.getLogger(__name__)

PACED = ("send", "copy", "forward", "edit", "deleteMessage")
ANSWERS = (*PACED, "answer", "getFile")
UNPACED = {"sendChatAction"}
REMEMBERED_CHATS = 10_000
# Two messages a second apart may arrive at Telegram a little closer. They take their turns JITTER
# apart, so that one that then waited a little does not make the next wait for another turn.
JITTER, LEAST = 1.1, 1.05


class Limiter(BaseRateLimiter[bool]):
    """Bot-wide and per-chat ceilings, and one gate that a 429 closes for all calls.

    A call made with `rate_limit_args=True` may wait: it lets all others go first, and whoever made
    it repeats it. `told` hears of every pause that Telegram asks for, in seconds.
    """

    told: Callable[[float], None] | None = None

    def __init__(self, *, per_second: float, chat_per_second: float, group_per_minute: float):
        # A bucket of b that leaks rate-b never lets more than `rate` pass in any one window.
        burst = max(1.0, per_second / 32)
        self._all = AsyncLimiter(burst, burst / max(per_second - burst, burst))
        self._chat_pause = JITTER / chat_per_second
        self._group_burst = max(1.0, group_per_minute / 4)
        self._group_leak = max(group_per_minute - self._group_burst, 1.0) / 60
        self._chats: LRUCache[object, tuple[AsyncLimiter, ...]] = LRUCache(REMEMBERED_CHATS)
        self._left: LRUCache[object, float] = LRUCache(REMEMBERED_CHATS)
        self._line = asyncio.Lock()
        self._hurried = 0
        self._calm = asyncio.Event()
        self._calm.set()
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
        rate_limit_args: bool | None,
    ) -> Any:
        """Make the call when there is room for it; repeat it as `Retry` allows."""
        retry = Retry()
        while True:
            await self._room(endpoint, data, patient=bool(rate_limit_args))
            try:
                return await callback(*args, **kwargs)
            except (RetryAfter, NetworkError) as error:
                if isinstance(error, RetryAfter):
                    self.pause(asked_seconds(error))
                    if self.told is not None:
                        self.told(asked_seconds(error))
                if rate_limit_args or not _repeatable(error, endpoint) or not retry.again(error):
                    raise
                if not isinstance(error, RetryAfter):
                    await asyncio.sleep(retry.pause())

    async def _room(self, endpoint: str, data: dict[str, Any], *, patient: bool) -> None:
        if not endpoint.startswith(PACED) or endpoint in UNPACED:
            await self._gate.wait()
            return
        chat_id = data.get("chat_id")
        while True:
            await self._gate.wait()
            if chat_id is not None:
                for limiter in self._chat(chat_id):
                    await limiter.acquire()
            if not self._gate.is_set():
                continue
            if patient:
                await self._behind_all()
            else:
                await self._before_all()
            if chat_id is None or self._leaves(chat_id):
                return

    def _leaves(self, chat_id: object) -> bool:
        """Whether the last call to this chat is long enough ago. Room was taken in turn, but what
        then waited behind others, or for the gate, would leave at once with what came after it.
        """
        now = asyncio.get_running_loop().time()
        if now - self._left.get(chat_id, -inf) < self._chat_pause * LEAST / JITTER:
            return False
        self._left[chat_id] = now
        return True

    async def _before_all(self) -> None:
        self._hurried += 1
        self._calm.clear()
        try:
            await self._pass()
        finally:
            self._hurried -= 1
            if not self._hurried:
                self._calm.set()

    async def _behind_all(self) -> None:
        """Only the first in line waits for room, and while anybody hurries not even that one."""
        async with self._line:
            await self._calm.wait()
            await self._pass()

    async def _pass(self) -> None:
        while True:
            # Room taken before the gate or while it is closed would be a crowd when it opens.
            await self._gate.wait()
            await self._all.acquire()
            if self._gate.is_set():
                return

    def pause(self, seconds: float) -> None:
        """Let no call pass for so long."""
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
