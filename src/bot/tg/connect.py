"""PTB's Application over our request and limiter, and the first words with Telegram."""

from __future__ import annotations

import asyncio
import logging
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ContextTypes, ExtBot

from bot.errors import UsageError
from bot.services import pauses
from bot.tg.context import Context, Data
from bot.tg.limiter import Limiter
from bot.tg.request import AiohttpRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import datetime

    from bot.config import Settings
    from bot.store.database import Database
    from bot.tg.pulse import Pulse

log = logging.getLogger(__name__)

App = Application[ExtBot[bool], Context, Data, Data, Data, None]

REFUSED = "The Bot API refused BOT_TOKEN: please check it with @BotFather."
TRY_AGAIN_SECONDS = (0.5, 1, 2, 5, 10, 30)


def build(settings: Settings) -> App:
    """PTB's Application over aiohttp and under our limiter; the polling is ours."""
    proxy = settings.proxy.get_secret_value() if settings.proxy else None
    limiter = Limiter(
        per_second=settings.messages_per_second,
        chat_per_second=settings.chat_messages_per_second,
        group_per_minute=settings.group_messages_per_minute,
    )
    request = AiohttpRequest(connections=64, proxy=proxy)
    bot = ExtBot(
        token=settings.token.get_secret_value() if settings.token else "",
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=request,
        get_updates_request=AiohttpRequest(
            connections=1, proxy=proxy, pulse=request.pulse, holding=True
        ),
        rate_limiter=limiter,
    )
    types = ContextTypes(context=Context)
    return Application.builder().bot(bot).updater(None).job_queue(None).context_types(types).build()


def pulse_of(application: App) -> Pulse:
    """What Telegram's answers tell of its clock and its distance."""
    request = application.bot.request
    if not isinstance(request, AiohttpRequest):
        raise TypeError("this application was not built here")
    return request.pulse


async def mind_pauses(application: App, db: Database, now: Callable[[], datetime]) -> None:
    """Go on with the pause that a former process was asked for, and note those to come."""
    limiter = application.bot.rate_limiter
    if not isinstance(limiter, Limiter):
        raise TypeError("this application was not built here")
    bot_id, notes = int(application.bot.token.partition(":")[0]), set[asyncio.Task[None]]()
    if seconds := await pauses.left(db, bot_id, now()):
        limiter.pause(seconds)

    def note(seconds: float) -> None:
        task = asyncio.create_task(pauses.keep(db, bot_id, seconds, now()))
        notes.add(task)
        task.add_done_callback(noted)

    def noted(task: asyncio.Task[None]) -> None:
        notes.discard(task)
        if not task.cancelled() and task.exception():
            log.warning("The pause could not be noted; a restart will not know of it.")

    limiter.told = note


async def connected(application: App, stop: asyncio.Event) -> bool:
    """Wait for the network, not for a better token; False when stopped meanwhile."""
    for seconds in chain(TRY_AGAIN_SECONDS, repeat(TRY_AGAIN_SECONDS[-1])):
        try:
            return await before(stop, greet(application))
        except InvalidToken:
            raise UsageError(REFUSED) from None
        except TelegramError as error:
            log.warning("Telegram can't be reached; trying again in %g s. (%s)", seconds, error)
        if not await before(stop, asyncio.sleep(seconds)):
            break
    return False


async def greet(application: App) -> None:
    """Learn who we are, and take the updates back from any webhook."""
    await application.initialize()
    await application.bot.delete_webhook()


async def before(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Whether `work` ended before `stop` was set; it is cancelled otherwise."""
    tasks = [asyncio.create_task(work), asyncio.create_task(stop.wait())]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    if tasks[0].cancelled():
        return False
    tasks[0].result()
    return True
