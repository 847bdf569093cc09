"""“typing …” above the chat while somebody waits for long work."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.tg.sender import topic_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram import Update
    from telegram.ext import ExtBot

# What takes less is hardly waited for.
FIRST_SECONDS = 1.0
# Telegram shows it for five.
AGAIN_SECONDS = 4.0


@asynccontextmanager
async def typing(bot: ExtBot[bool], update: Update) -> AsyncIterator[None]:
    """Show it until the block ends; that it can't be shown hinders nothing."""
    showing = asyncio.create_task(_show(bot, update))
    try:
        yield
    finally:
        showing.cancel()


async def _show(bot: ExtBot[bool], update: Update) -> None:
    message = update.effective_message
    if message is None:
        return
    topic = topic_of(update)
    await asyncio.sleep(FIRST_SECONDS)
    with suppress(TelegramError):
        while True:
            await bot.send_chat_action(message.chat_id, ChatAction.TYPING, message_thread_id=topic)
            await asyncio.sleep(AGAIN_SECONDS)
