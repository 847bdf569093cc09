"""One line of updates for each chat: in order within a chat, side by side between chats."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from bot.tg.inbox import Raw, chat_id

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

AT_ONCE = 256
MOST_WAITING = 5_000


class Queues:
    """Runs `handle` for each update; a waiting chat takes none of the `AT_ONCE` places."""

    def __init__(self, handle: Callable[[Raw], Awaitable[None]]) -> None:
        self._handle = handle
        self._waiting: dict[int | None, deque[Raw]] = {}
        self._places = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._count = 0
        self._room = asyncio.Event()
        self._room.set()

    async def put(self, raw: Raw) -> None:
        """Queue an update behind those of its chat, once there is room in memory."""
        await self._room.wait()
        self._count += 1
        if self._count >= MOST_WAITING:
            self._room.clear()
        chat = chat_id(raw)
        if chat in self._waiting:
            self._waiting[chat].append(raw)
            return
        self._waiting[chat] = deque([raw])
        task = asyncio.create_task(self._run(chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self, seconds: float) -> None:
        """Let what runs end within `seconds`; the rest waits in the inbox for the next start."""
        for line in self._waiting.values():
            line.clear()
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _run(self, chat: int | None) -> None:
        line = self._waiting[chat]
        try:
            while line:
                async with self._places:
                    if line:  # closing may have emptied it meanwhile
                        await self._handle(line.popleft())
                self._count -= 1
                if self._count < MOST_WAITING:
                    self._room.set()
        finally:
            del self._waiting[chat]
