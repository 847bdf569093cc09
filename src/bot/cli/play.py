"""quipwire play"""

from __future__ import annotations

from typing import Annotated

import typer
from pydantic import SecretStr

from bot import app
from bot.cli.logs import start_logging
from bot.cli.run import run_loop, stop_on_signals
from bot.config import Settings
from bot.errors import UserError
from bot.playground import Playground
from bot.store.lock import lock_data

PORT = 8017


def play(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")] = PORT,
) -> None:
    """Open the playground: the same bot and a chat page in the browser, without a token."""
    settings = Settings.load()
    home = settings.data_dir / "playground"
    start_logging(settings)
    with lock_data(home):
        run_loop(_play(settings, port))


async def _play(settings: Settings, port: int) -> None:
    stop = stop_on_signals()
    home = settings.data_dir / "playground"
    playground = Playground(port=port, state_dir=home, personas=True)
    try:
        await playground.start()
    except OSError:
        raise UserError(
            "Port {port} is taken. Choose another one: quipwire play --port 0", port=port
        ) from None
    try:
        typer.echo(f"Open {playground.page_url}")
        await app.run(_inside(settings, playground), stop, samples=True)
    finally:
        await playground.stop()


def _inside(settings: Settings, playground: Playground) -> Settings:
    """The settings without what concerns serving: nothing leaves this machine, nobody waits."""
    return settings.model_copy(
        update={
            "token": SecretStr(playground.token),
            "api_url": playground.url,
            "data_dir": settings.data_dir / "playground",
            "database_url": None,
            "access": "open",
            "admins": (playground.admin_id,),
            "proxy": None,
            "listen": None,
            "webhook_url": None,
            "messages_per_second": 1000,
            "chat_messages_per_second": 50,
            "group_messages_per_minute": 3000,
        }
    )
