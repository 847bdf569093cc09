"""The polling loop: fetch, commit, confirm, in this order; it outlives the network's faults."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, cast

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.errors import UserError
from bot.tg.retry import LONGEST_PAUSE_SECONDS, asked_seconds

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram.ext import ExtBot
    from telegram.request import BaseRequest

    from bot.tg.inbox import Inbox, Raw

log = logging.getLogger(__name__)

HOLD_SECONDS = 25
KINDS = ("message", "callback_query", "inline_query", "my_chat_member")


async def poll(bot: ExtBot[bool], inbox: Inbox) -> None:
    """Run until cancelled; a refused token is raised, everything else is waited out."""
    offset = 0

    async def step() -> None:
        nonlocal offset
        batch = await _fetch(bot, offset)
        if batch:
            await inbox.accept(batch)
        await inbox.again()
        offset = max((raw["update_id"] + 1 for raw in batch), default=offset)

    await forever(step)


async def forever(step: Callable[[], Awaitable[None]]) -> None:
    """Step after step until cancelled; faults are waited out, longer each time. A refused token is
    raised, and whatever else a person has to mend.
    """
    pause = 0.0
    while True:
        try:
            await step()
        except (InvalidToken, UserError):
            raise
        except Exception as error:  # noqa: BLE001
            pause = _longer(pause, error)
            _tell(error, pause)
            await asyncio.sleep(pause)
        else:
            pause = 0.0


async def _fetch(bot: ExtBot[bool], offset: int) -> list[Raw]:
    """Raw updates: one that PTB can't parse must neither be lost nor hold up the others."""
    request: BaseRequest = bot._request[0]
    values: dict[str, Any] = {"timeout": HOLD_SECONDS, "allowed_updates": KINDS}
    if offset:
        values["offset"] = offset
    parameters = [RequestParameter.from_input(key, value) for key, value in values.items()]
    answer = await request.post(
        f"{bot.base_url}/getUpdates", RequestData(parameters), read_timeout=HOLD_SECONDS + 10
    )
    return cast("list[Raw]", answer)


def _longer(pause: float, error: Exception) -> float:
    if isinstance(error, RetryAfter):
        return asked_seconds(error)
    return min(LONGEST_PAUSE_SECONDS, max(0.5, pause * 2))


def _tell(error: Exception, pause: float) -> None:
    if isinstance(error, Conflict):
        log.error("Another program polls with this token. Stop it, or take a token of its own.")
    elif isinstance(error, TimedOut):
        log.debug("The Bot API was silent; asking again.")
    elif isinstance(error, TelegramError):
        log.warning("The Bot API can't be reached; trying again in %g s. (%s)", pause, error)
    else:
        log.error("Updates could not be kept; trying again in %g s.", pause, exc_info=error)
