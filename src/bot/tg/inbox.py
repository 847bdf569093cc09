"""Updates are committed here before Telegram is told that they arrived, and replayed until done."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.store import inbox as rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.store.database import Database

log = logging.getLogger(__name__)

Raw = dict[str, Any]
Put = Callable[[Raw], Awaitable[None]]

# Telegram's ids have no more significant bits.
MOST_ID = 2**52
DONE_EVERY_SECONDS = 0.2
# What failed in an outage is tried so often again, so long after it failed; then at the next start.
AGAIN_AFTER = tuple(timedelta(seconds=seconds) for seconds in (10, 30, 120, 600))


class Inbox:
    """The durable queue of one bot; `bot_id` keeps the updates of different tokens apart."""

    def __init__(self, db: Database, bot_id: int, now: Callable[[], datetime], put: Put) -> None:
        self._db = db
        self._bot_id = bot_id
        self._now = now
        self._put = put
        self._newest = 0
        self._uncommitted: set[int] = set()
        self._held: dict[int, int] = {}
        self._failed: set[int] = set()
        self._again: dict[int, datetime] = {}
        self._tries: dict[int, int] = {}
        self._done: list[int] = []
        self._noting: list[int] = []
        self._flusher: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()
        self.handled = 0

    async def accept(self, updates: Sequence[Raw]) -> None:
        """Hand new updates on and commit them; after that their offset may be confirmed.

        An update newer than all before needs no look into the store, so its handling and its
        commit run side by side: a crash before the commit leaves it with Telegram.
        """
        older = [raw for raw in updates if not await self._hand_newer(raw)]
        # Let the handlers queue their own transactions first: a person waits for those.
        await asyncio.sleep(0)
        batch = [(raw["update_id"], chat_id(raw), json.dumps(raw)) for raw in updates]
        # What is being handled has to be noted, also when a stop ends the polling just now.
        commit = self._db.write(rows.add, self._bot_id, batch, self._now())
        unknown = set(await asyncio.shield(commit))
        for raw in older:
            if raw["update_id"] in unknown - self._uncommitted:
                await self._put(raw)
        self._uncommitted.clear()

    async def _hand_newer(self, raw: Raw) -> bool:
        if raw["update_id"] <= self._newest:
            return False
        self._newest = raw["update_id"]
        self._uncommitted.add(raw["update_id"])
        await self._put(raw)
        return True

    async def replay(self) -> None:
        """Hand on what an earlier run left undone, oldest first; to be called before `accept`."""
        self._newest = await self._db.read(rows.newest, self._bot_id)
        for _, payload in await self._db.read(rows.pending, self._bot_id):
            await self._put(json.loads(payload))

    def hold(self, update_id: int) -> None:
        """Somebody works on this update; it is done when all have released it."""
        self._held[update_id] = self._held.get(update_id, 0) + 1

    def fail(self, update_id: int) -> None:
        """The answer could not be sent: keep the update for later."""
        self._failed.add(update_id)

    async def again(self) -> None:
        """Telegram can be reached: hand on once more what failed some time ago and is kept."""
        now, kept = self._now(), self._again.keys() - self._uncommitted
        due = {update_id for update_id in kept if self._again[update_id] <= now}
        if not due:
            return
        for update_id, payload in await self._db.read(rows.pending, self._bot_id):
            if update_id in due:
                await self._put(json.loads(payload))
        for update_id in due:
            del self._again[update_id]

    def release(self, update_id: int) -> None:
        """One worker is through; notes of what is done are written in batches."""
        self._held[update_id] -= 1
        if self._held[update_id]:
            return
        del self._held[update_id]
        if update_id in self._failed:
            self._failed.discard(update_id)
            self._postpone(update_id)
            return
        self._tries.pop(update_id, None)
        self.handled += 1
        self._done.append(update_id)
        if self._flusher is None or self._flusher.done():
            self._flusher = asyncio.create_task(self._flush_soon())

    def _postpone(self, update_id: int) -> None:
        tries = self._tries.get(update_id, 0)
        if tries < len(AGAIN_AFTER):
            self._again[update_id] = self._now() + AGAIN_AFTER[tries]
            self._tries[update_id] = tries + 1

    async def flush(self) -> bool:
        """Write the notes of what is committed; False if they can't be written and wait."""
        batch = [each for each in self._done if each not in self._uncommitted]
        self._done = [each for each in self._done if each in self._uncommitted]
        self._noting = batch
        try:
            await self._db.write(rows.mark_done, self._bot_id, batch, self._now())
        except Exception:
            self._done = batch + self._done
            log.exception("What was answered could not be noted; trying again later.")
            return False
        finally:
            self._noting = []
        return True

    @property
    def answered(self) -> list[int]:
        """What is done and not noted yet."""
        return self._done + self._noting

    async def close(self) -> None:
        """Write what is noted, whatever the flusher was at."""
        self._uncommitted.clear()  # what a stop cut off in `accept` commits before this
        self._closing.set()
        if self._flusher is not None:
            await asyncio.wait([self._flusher])
        if self._done:
            await self.flush()

    async def _flush_soon(self) -> None:
        """At once for one, together for many: what is not yet noted would be answered again."""
        while self._done and await self.flush():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), DONE_EVERY_SECONDS)


def chat_id(raw: Raw) -> int | None:
    """The chat that orders this update: its chat, or else the person's private one.

    None for whatever makes no sense: what can't be kept would come again and again.
    """
    for value in raw.values():
        if isinstance(value, dict):
            message = value.get("message") if "data" in value else value
            chat = message.get("chat") if isinstance(message, dict) else None
            for place in (chat, value.get("from")):
                number = place.get("id") if isinstance(place, dict) else None
                if isinstance(number, int) and abs(number) <= MOST_ID:
                    return int(number)
    return None
