"""Every press is answered once, and soon, however long the line of its chat is."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from cachetools import LRUCache
from telegram.error import BadRequest, TelegramError

from bot.tg.refusals import TOO_LATE, says

if TYPE_CHECKING:
    from telegram import CallbackQuery
    from telegram.ext import ExtBot

    from bot.tg.inbox import Put, Raw

ANSWER_CHARS = 200
# Telegram gives up on a press after some fifteen, and people well before.
PATIENCE_SECONDS = 5.0
REMEMBERED = 10_000


class Presses:
    """Stands before the lines of the chats. A press whose turn does not come in time is answered
    without words, for Telegram takes one answer only.
    """

    def __init__(self, bot: ExtBot[bool], put: Put) -> None:
        self._bot = bot
        self._put = put
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._answered: LRUCache[str, None] = LRUCache(REMEMBERED)

    async def put(self, raw: Raw) -> None:
        """Hand an update on to its line; if it is a press, the time runs from now."""
        query = raw.get("callback_query")
        key = query.get("id") if isinstance(query, dict) else None
        if isinstance(key, str) and key not in self._waiting:
            self._waiting[key] = asyncio.create_task(self._lose_patience(key))
        await self._put(raw)

    async def answer(self, query: CallbackQuery, text: str | None, *, alert: bool = False) -> bool:
        """Whether the words can be seen; False if the press was answered before. One that Telegram
        gave up on needs no answer any more.
        """
        if query.id in self._answered:
            return False
        if (task := self._waiting.pop(query.id, None)) is not None:
            task.cancel()
        try:
            await query.answer(text and text[:ANSWER_CHARS], show_alert=alert)
        except BadRequest as error:
            if not says(error, TOO_LATE):
                raise
            return False
        return True

    def close(self) -> None:
        """What is not answered by now is, at the next start."""
        for task in self._waiting.values():
            task.cancel()
        self._waiting.clear()

    async def _lose_patience(self, key: str) -> None:
        await asyncio.sleep(PATIENCE_SECONDS)
        del self._waiting[key]
        self._answered[key] = None
        with suppress(TelegramError):
            await self._bot.answer_callback_query(key)
