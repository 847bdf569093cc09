"""quipwire play"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from pydantic import SecretStr

from bot import app
from bot.cli.logs import start_logging
from bot.cli.newsroom import Newsroom
from bot.cli.opened import at_home, opened
from bot.cli.run import run_loop, stop_on_signals
from bot.config import Settings
from bot.content import read_folder
from bot.errors import UserError
from bot.models.headlines import HeadlineEntry
from bot.playground import Playground
from bot.services import shelves, subscriptions
from bot.store.lock import lock_data

PORT = 8017
# Who jumps to the morning sees the digest come at once.
TICK_SECONDS = 0.5


def play(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")] = PORT,
) -> None:
    """Open the playground: the same bot and a chat page in the browser, without a token."""
    settings = Settings.load()
    home = settings.data_dir / "playground"
    start_logging(settings)
    with lock_data(home):
        run_loop(_play(settings, port))


class Clock:
    """The playground's own: a person can have the next morning at once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._ahead = timedelta(0)

    def __call__(self) -> datetime:
        return app.utc_now() + self._ahead

    async def jump(self, person_id: int) -> None:
        """To this person's next digest, or to tomorrow morning where nothing is subscribed."""
        async with opened(self._settings) as db:
            next_at = await subscriptions.next_at(db, person_id)
        morning = next_at or self._morning()
        self._ahead += max(morning - self(), timedelta(0)) + timedelta(seconds=1)

    def _morning(self) -> datetime:
        local = self().astimezone(ZoneInfo(self._settings.timezone))
        at = local.replace(hour=subscriptions.USUAL_TIME.hour, minute=0, second=0, microsecond=0)
        return at + timedelta(days=1)


async def _play(settings: Settings, port: int) -> None:
    stop = stop_on_signals()
    home = settings.data_dir / "playground"
    clock = Clock(at_home(settings))
    playground = Playground(port=port, state_dir=home, personas=True, jump=clock.jump)
    try:
        await playground.start()
    except OSError:
        raise UserError(
            "Port {port} is taken. Choose another one: quipwire play --port 0", port=port
        ) from None
    newsroom = Newsroom(await asyncio.to_thread(_late, settings), clock)
    try:
        typer.echo(f"Open {playground.page_url}")
        await app.run(
            _inside(settings, playground), stop, now=clock, samples=True,
            newsroom=await newsroom.start(),
        )  # fmt: skip
    finally:
        await newsroom.stop()
        await playground.stop()


def _late(settings: Settings) -> list[HeadlineEntry]:
    """The samples that are news while people play."""
    content = read_folder(shelves.content_folder(settings))
    return [headline for headline in content.headlines if headline.late]


def _inside(settings: Settings, playground: Playground) -> Settings:
    """The settings without what concerns serving: nothing leaves this machine, nobody waits."""
    return at_home(settings).model_copy(
        update={
            "token": SecretStr(playground.token),
            "api_url": playground.url,
            "tick_seconds": TICK_SECONDS,
            "access": "open",
            "admins": (playground.admin_id,),
            "proxy": None,
            "listen": None,
            "backup_every": None,
            "webhook_url": None,
            "messages_per_second": 1000,
            "chat_messages_per_second": 50,
            "group_messages_per_minute": 3000,
        }
    )
