"""A small bot of a test's own commands over a playground: all of `tg/`, as `app.py` wires it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from pydantic import SecretStr

from bot import app
from bot.config import Settings
from bot.models.messages import Button, Message
from bot.tg.command import Command
from bot.tg.connect import build
from bot.tg.context import Tools
from bot.tg.gate import Gate
from bot.tg.inbox import Inbox
from bot.tg.poll import poll
from bot.tg.presses import Presses
from bot.tg.queues import Queues
from bot.tg.sender import reply

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram import Update

    from bot.playground import Playground
    from bot.store.database import Database
    from bot.tg.command import Press, Run
    from bot.tg.connect import App
    from bot.tg.context import Context

SORRY = "Something went wrong here, and it has been noted. Please try again in a moment."


@dataclass
class House:
    """The running bot."""

    telegram: Playground
    db: Database
    application: App
    queues: Queues
    inbox: Inbox

    async def quiet(self) -> None:
        """Until every update has been handled to its end."""
        await self.telegram.quiet()
        while self.queues._waiting or self.inbox._held:
            await asyncio.sleep(0)

    async def undone(self) -> list[int]:
        """The updates that the next start would take up again."""
        await self.quiet()
        await self.inbox.close()
        found: list[int] = []

        async def put(raw: dict[str, Any]) -> None:
            found.append(raw["update_id"])

        await Inbox(self.db, self.application.bot.id, utc_now, put).replay()
        return found


def utc_now() -> datetime:
    return datetime.now(UTC)


def settings_for(telegram: Playground, **changes: object) -> Settings:
    """Settings paced so that no test waits for a limit."""
    values: dict[str, Any] = {name: field.default for name, field in Settings.model_fields.items()}
    values |= {"token": SecretStr(telegram.token), "api_url": telegram.url}
    values |= {"messages_per_second": 10_000, "chat_messages_per_second": 1_000.0}
    values |= {"group_messages_per_minute": 60_000}
    return Settings.model_construct(**values | changes)


@asynccontextmanager
async def serving(
    telegram: Playground, db: Database, *roll: Command, **changes: object
) -> AsyncIterator[House]:
    """The bot, until the block ends."""
    settings = settings_for(telegram, **changes)
    application = build(settings)
    await application.initialize()
    queues = Queues(partial(app.handle, application))
    presses = Presses(application.bot, queues.put)
    inbox = Inbox(db, application.bot.id, utc_now, presses.put)
    gate = Gate(db, settings, utc_now)
    children, web, digests = cast("Any", None), cast("Any", None), cast("Any", None)
    tools = Tools(settings, db, children, web, inbox, gate, presses, digests, roll, False, utc_now)
    app.wire(application, tools)
    await application.start()
    await inbox.replay()
    polling = asyncio.create_task(poll(application.bot, inbox))
    try:
        yield House(telegram, db, application, queues, inbox)
    finally:
        polling.cancel()
        with suppress(asyncio.CancelledError):
            await polling
        await queues.close(1)
        presses.close()
        await application.stop()
        await inbox.close()
        await application.shutdown()


def command(name: str, run: Run, **more: Any) -> Command:
    return Command(name, f"about {name}", run, **more)


def presses(**buttons: Press) -> Command:
    """/board shows a button for each of these, with the data `name:a:b`."""

    async def run(update: Update, context: Context) -> None:
        row = tuple(Button(name, f"{name}:a:b") for name in buttons)
        await reply(context.bot, update, Message.of("board", (row,)))

    return command("board", run, buttons=buttons)


async def _pong(update: Update, context: Context) -> None:
    text = f"pong {' '.join(context.args or [])} {context.texts.language}"
    await reply(context.bot, update, Message.of(text))


PING = command("ping", _pong)
