"""Updates that Telegram brings itself: that it knows where to, and keeps knowing."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from telegram.error import BadRequest

from bot.errors import UsageError
from bot.tg.poll import KINDS, forever

if TYPE_CHECKING:
    from datetime import datetime

    from telegram import WebhookInfo
    from telegram.ext import ExtBot

    from bot.tg.inbox import Inbox, Raw

log = logging.getLogger(__name__)

# What failed in an outage waits for it.
CHECK_SECONDS = 10.0
CONNECTIONS = 40


async def keep(bot: ExtBot[bool], inbox: Inbox, url: str, secret: str) -> None:
    """Run until cancelled: have updates brought to `url` with this secret, and look now and then
    that it is still so. A refused token is raised, and a UsageError where the address is.
    """
    is_set, told = False, None

    async def step() -> None:
        nonlocal is_set, told
        info = await bot.get_webhook_info() if is_set else None
        if info is None or info.url != url:
            if info is not None:
                log.warning("Another program took the webhook away; taking it back.")
            await _set(bot, url, secret)
            is_set = True
        else:
            told = _tell(info, told)
        await inbox.again()
        await asyncio.sleep(CHECK_SECONDS)

    await forever(step)


async def _set(bot: ExtBot[bool], url: str, secret: str) -> None:
    try:
        await bot.set_webhook(
            url, secret_token=secret, allowed_updates=KINDS, max_connections=CONNECTIONS
        )
    except BadRequest as error:
        raise UsageError("The Bot API refused BOT_WEBHOOK_URL: {why}.", why=error.message) from None


def _tell(info: WebhookInfo, told: datetime | None) -> datetime | None:
    """Log what went wrong since the time `told`; the time of the last such fault."""
    if info.last_error_date and info.last_error_date != told:
        log.warning(
            "Telegram could not bring an update here: %s (%d wait.)",
            info.last_error_message, info.pending_update_count,
        )  # fmt: skip
    return info.last_error_date


class Arrivals:
    """Updates that come side by side, kept as polled ones are: together, one batch at a time."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._waiting: list[Raw] = []
        self._turn = asyncio.Lock()

    async def put(self, raw: Raw) -> None:
        """Return once it is committed; a batch that failed is tried again with the next."""
        self._waiting.append(raw)
        async with self._turn:
            # What could not be kept comes again, and waits here still.
            once = {raw["update_id"]: raw for raw in self._waiting}
            batch = [once[number] for number in sorted(once)]
            self._waiting = []
            if not batch:
                return
            try:
                await self._inbox.accept(batch)
            except BaseException:
                self._waiting += batch
                raise
