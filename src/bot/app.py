"""The wiring, on one screen: Settings -> tools -> PTB's Application, and the loops around it."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime
from functools import partial
from itertools import chain, repeat
from typing import TYPE_CHECKING

from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ContextTypes, ExtBot, TypeHandler

from bot import commands, jobs
from bot.child import Children
from bot.errors import UsageError
from bot.services import shelves
from bot.store import migrate
from bot.store.database import Database
from bot.tg.command import handlers
from bot.tg.context import Context, Tools
from bot.tg.errors import on_error
from bot.tg.gate import Gate
from bot.tg.inbox import Inbox
from bot.tg.limiter import Limiter
from bot.tg.menus import publish
from bot.tg.poll import poll
from bot.tg.queues import Queues
from bot.tg.request import AiohttpRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

    from bot.config import Settings
    from bot.tg.context import Data
    from bot.tg.inbox import Raw

    Clock = Callable[[], datetime]
    App = Application[ExtBot[None], Context, Data, Data, Data, None]

log = logging.getLogger(__name__)

REFUSED = "The Bot API refused BOT_TOKEN: please check it with @BotFather."
STOP_SECONDS = 5.0
TRY_AGAIN_SECONDS = (0.5, 1, 2, 5, 10, 30)


def utc_now() -> datetime:
    return datetime.now(UTC)


async def run(
    settings: Settings, stop: asyncio.Event, *, now: Clock = utc_now, samples: bool = False
) -> None:
    """Serve until `stop` is set; `samples` shows the playground's headlines."""
    async with AsyncExitStack() as stack:
        db = await Database.open(settings.database)
        stack.push_async_callback(db.close)
        await prepare(db, settings, now())
        children = await stack.enter_async_context(Children())
        application = build(settings)
        if not await connected(application, stop):
            return
        stack.push_async_callback(application.shutdown)
        queues = Queues(partial(handle, application))
        inbox = Inbox(db, application.bot.id, now, queues.put)
        gate = Gate(db, settings, now)
        tools = Tools(settings, db, children, inbox, gate, commands.ROLL, samples, now)
        wire(application, tools)
        await serve(application, tools, queues, stop)


async def prepare(db: Database, settings: Settings, now: datetime) -> None:
    """Bring the database up to date and the content of the files onto its shelves."""
    if db.dialect == "sqlite":
        await migrate.upgrade(db)
    elif await migrate.pending(db):
        raise UsageError("The database has to be brought up to date first: quipwire migrate")
    await shelves.seed(db, shelves.content_folder(settings), now)


def build(settings: Settings) -> App:
    """PTB's Application over aiohttp and under our limiter; the polling is ours."""
    proxy = settings.proxy.get_secret_value() if settings.proxy else None
    limiter = Limiter(
        per_second=settings.messages_per_second,
        chat_per_second=settings.chat_messages_per_second,
        group_per_minute=settings.group_messages_per_minute,
    )
    bot = ExtBot(
        token=settings.token.get_secret_value() if settings.token else "",
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=AiohttpRequest(connections=64, proxy=proxy),
        get_updates_request=AiohttpRequest(connections=1, proxy=proxy),
        rate_limiter=limiter,
    )
    types = ContextTypes(context=Context)
    return Application.builder().bot(bot).updater(None).job_queue(None).context_types(types).build()


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


def wire(application: App, tools: Tools) -> None:
    """The gate before everything, the roll, then what no command takes."""
    application.bot_data[Tools] = tools
    application.add_handler(TypeHandler(Update, tools.gate), group=-1)
    for command in tools.roll:
        application.add_handlers(handlers(command, tools.settings))
    application.add_handlers(commands.OTHERS)
    application.add_error_handler(on_error)


async def serve(application: App, tools: Tools, queues: Queues, stop: asyncio.Event) -> None:
    """Replay what was left undone, then poll, until stopped or the token is refused."""
    settings, inbox = tools.settings, tools.inbox
    await application.start()
    await inbox.replay()
    loops = [
        asyncio.create_task(poll(application.bot, inbox)),
        asyncio.create_task(jobs.tick_forever(tools.db, tools.now, settings.tick_seconds)),
    ]
    menus = publish(application.bot, tools.roll, settings.admins, settings.language)
    side = asyncio.create_task(menus)
    await tools.children.warm()
    log.info("Serving as @%s.", application.bot.username)
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait([waiting, *loops], return_when=asyncio.FIRST_COMPLETED)
    for task in (waiting, side, *loops):
        task.cancel()
    ended = await asyncio.gather(waiting, side, *loops, return_exceptions=True)
    await queues.close(STOP_SECONDS)
    with suppress(TimeoutError):
        await asyncio.wait_for(application.stop(), STOP_SECONDS / 2)
    await inbox.close()
    for error in ended:
        if isinstance(error, InvalidToken):
            raise UsageError(REFUSED) from None


async def handle(application: App, raw: Raw) -> None:
    """One update from its chat's line; one that PTB can't read is logged and let go."""
    inbox: Inbox = application.bot_data[Tools].inbox
    inbox.hold(raw["update_id"])
    try:
        update = Update.de_json(raw, application.bot)
        await application.process_update(update)
    except asyncio.CancelledError:
        inbox.fail(raw["update_id"])
        raise
    except Exception:
        log.exception("An update could not be read.")
    finally:
        inbox.release(raw["update_id"])
