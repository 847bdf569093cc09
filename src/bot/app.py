"""The wiring, on one screen: Settings -> tools -> PTB's Application, and the loops around it."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack, nullcontext, suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from telegram import Update
from telegram.error import InvalidToken
from telegram.ext import TypeHandler

from bot import commands, jobs
from bot.child import Children
from bot.errors import UsageError
from bot.fetch import Web
from bot.services import alerts, outbox, roles, shelves, stories
from bot.services.digests import Digests
from bot.store import feeds, migrate
from bot.store.database import Database
from bot.tg import webhook
from bot.tg.command import handlers
from bot.tg.connect import REFUSED, build, connected, mind_pauses, pulse_of
from bot.tg.context import Tools
from bot.tg.courier import Courier
from bot.tg.errors import on_error
from bot.tg.gate import Gate
from bot.tg.inbox import Inbox
from bot.tg.menus import publish
from bot.tg.poll import poll
from bot.tg.presses import Presses
from bot.tg.queues import Queues
from bot.tg.reading import read
from bot.tg.sender import amend

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from contextlib import AbstractAsyncContextManager

    from bot.config import Settings
    from bot.models.deliveries import Delivery
    from bot.models.feeds import FeedEntry
    from bot.services.outbox import Compose
    from bot.tg.connect import App
    from bot.tg.inbox import Raw

    Clock = Callable[[], datetime]

log = logging.getLogger(__name__)

STOP_SECONDS = 3.0
# The samples find their stories before anybody asks; more headlines are left to the clock's job.
PLACED_AT_START = 200


def utc_now() -> datetime:
    return datetime.now(UTC)


async def run(
    settings: Settings,
    stop: asyncio.Event,
    *,
    now: Clock = utc_now,
    samples: bool = False,
    newsroom: Sequence[FeedEntry] = (),
) -> None:
    """Serve until `stop` is set; `samples` shows the playground's headlines and those of its
    `newsroom`, which has the only feeds it asks.
    """
    async with AsyncExitStack() as stack:
        db = await Database.open(settings.database)
        stack.push_async_callback(db.close)
        await prepare(db, settings, now())
        await db.write(feeds.open_newsroom, newsroom, now())
        children = await stack.enter_async_context(Children())
        web = await stack.enter_async_context(door(settings, newsroom))
        application = build(settings)
        stack.push_async_callback(application.bot.shutdown)
        await mind_pauses(application, db, now)
        if not await connected(application, stop):
            return
        stack.push_async_callback(application.shutdown)
        queues = Queues(partial(handle, application))
        presses = Presses(application.bot, queues.put)
        inbox = Inbox(db, application.bot.id, now, presses.put)
        gate = Gate(db, settings, now)
        digests = Digests(db, children, web, samples=samples)
        tools = Tools(
            settings, db, children, web, inbox, gate, presses, digests, commands.ROLL, samples, now
        )  # fmt: skip
        wire(application, tools)
        await serve(application, tools, queues, stop)


def door(settings: Settings, newsroom: Sequence[FeedEntry] = ()) -> Web:
    """The way to the web that the settings allow, and to the playground's newsroom."""
    return Web(
        allow_private=settings.allow_private_addresses,
        newsroom=[feed.url for feed in newsroom],
        contact=settings.contact,
        proxy=settings.web_proxy.get_secret_value() if settings.web_proxy else None,
    )


async def prepare(db: Database, settings: Settings, now: datetime) -> None:
    """Bring the database up to date and the content of the files onto its shelves."""
    if db.dialect == "sqlite":
        await migrate.upgrade(db)
    elif await migrate.pending(db):
        raise UsageError(migrate.BEHIND)
    await shelves.seed(db, shelves.content_folder(settings), now)
    await stories.place_due(db, now, most=PLACED_AT_START)


def wire(application: App, tools: Tools) -> None:
    """The gate before everything, cut texts, open drafts, the roll, then what no command takes."""
    application.bot_data[Tools] = tools
    first = ((TypeHandler(Update, tools.gate),), *commands.FIRST)
    for group, asked in enumerate(first, start=-len(first)):
        application.add_handlers(asked, group)
    for command in tools.roll:
        application.add_handlers(handlers(command))
    application.add_handlers(commands.OTHERS)
    application.add_error_handler(on_error)


async def serve(application: App, tools: Tools, queues: Queues, stop: asyncio.Event) -> None:
    """Replay what was left undone, then take updates, until stopped; raises what ends a loop before
    that, a UsageError if the token is refused.
    """
    inbox = tools.inbox
    await application.start()
    try:
        await inbox.replay()
        async with server_of(application, tools):
            ended = await loop(application, tools, stop)
    finally:
        await queues.close(STOP_SECONDS)
        tools.presses.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(application.stop(), STOP_SECONDS / 2)
        await inbox.close()
    for error in ended:
        if isinstance(error, InvalidToken):
            raise UsageError(REFUSED) from None
        if isinstance(error, Exception):
            raise error


def server_of(application: App, tools: Tools) -> AbstractAsyncContextManager[None]:
    """The server at BOT_LISTEN, if there is to be one."""
    if not tools.settings.listen:
        return nullcontext()
    from bot.server import listening  # noqa: PLC0415  slow to import, and most bots poll

    return listening(tools, pulse_of(application), application.bot.id)


def incoming(application: App, tools: Tools) -> Coroutine[None, None, None]:
    """What sees to it that updates come."""
    settings, bot = tools.settings, application.bot
    if settings.webhook_url and settings.webhook_secret:
        secret = settings.webhook_secret.get_secret_value()
        return webhook.keep(bot, tools.inbox, settings.webhook_url, secret)
    return poll(bot, tools.inbox)


async def loop(application: App, tools: Tools, stop: asyncio.Event) -> list[BaseException | None]:
    """All that goes on until it is stopped or one of it fails; what each came to."""
    settings = tools.settings
    # SQLite's file has one user only: whatever is being sent there was, by a dead process.
    await outbox.rescue(tools.db, tools.now(), all_of_it=tools.db.dialect == "sqlite")
    roll = jobs.roll(tools, courier_of(application, tools), partial(amend, application.bot))
    loops = [
        asyncio.create_task(incoming(application, tools)),
        asyncio.create_task(jobs.tick_forever(roll, tools.now, settings.tick_seconds)),
    ]
    staff = await roles.everybody(tools.db, settings.admins)
    menus = publish(application.bot, tools.roll, staff, settings.language)
    side = asyncio.create_task(menus)
    await tools.children.warm()
    log.info("Serving as @%s.", application.bot.username)
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait([waiting, *loops], return_when=asyncio.FIRST_COMPLETED)
    tools.pieces.stop()
    for task in (*loops, waiting, side):
        task.cancel()
    await asyncio.gather(waiting, side, return_exceptions=True)
    return await asyncio.gather(*loops, return_exceptions=True)


def courier_of(application: App, tools: Tools) -> Courier:
    """Who sends what stands in the outbox."""
    settings = tools.settings
    return Courier(
        application.bot, tools.db, partial(compose, tools), pulse_of(application), tools.now,
        per_second=settings.messages_per_second, paid=settings.paid_broadcast,
    )  # fmt: skip


async def compose(tools: Tools, taken: Sequence[Delivery], now: datetime) -> Compose:
    """What writes these messages, each of its kind."""
    by_kind = {
        "digest": await tools.digests.composer(taken, now),
        "alert": await alerts.composer(tools.db, tools.children, tools.web, taken),
    }
    return lambda conn, delivery, at: by_kind[delivery.kind](conn, delivery, at)


async def handle(application: App, raw: Raw) -> None:
    """One update from its chat's line; one that PTB can't read is logged and let go."""
    inbox: Inbox = application.bot_data[Tools].inbox
    inbox.hold(raw["update_id"])
    try:
        await application.process_update(read(raw, application.bot))
    except asyncio.CancelledError:
        inbox.fail(raw["update_id"])
        raise
    except Exception:
        log.exception("An update could not be read.")
    finally:
        inbox.release(raw["update_id"])
