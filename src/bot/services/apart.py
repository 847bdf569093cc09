"""The command line in a process of its own, so that nobody in the chat waits for it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from bot.config import Settings

BROKE_OFF = mark("It broke off in the middle, and all is as it was before. Please try again.")
# The longest line that it may print.
MOST_LINE_BYTES = 1 << 20


async def lines(
    settings: Settings, *arguments: str, folder: Path | None = None, fine: tuple[int, ...] = (0,)
) -> AsyncGenerator[str, None]:
    """What `quipwire` prints, line by line; a UserError if it ends otherwise than `fine`.

    Cancelled, it is interrupted and may tidy up.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments, env=_environment(settings), cwd=folder,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, limit=MOST_LINE_BYTES,
    )  # fmt: skip
    assert process.stdout is not None  # noqa: S101 - both are pipes
    assert process.stderr is not None  # noqa: S101
    errors = asyncio.ensure_future(process.stderr.read())
    try:
        async for line in process.stdout:
            yield line.decode(errors="replace")
        said, _ = await asyncio.gather(errors, process.wait())
    except (asyncio.CancelledError, GeneratorExit):
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        await asyncio.shield(process.wait())
        raise
    if process.returncode not in fine:
        raise _error(said)


def _environment(settings: Settings) -> dict[str, str]:
    """The settings that the bot has itself, wherever it got them from."""
    secret = settings.backup_passphrase
    return {
        **os.environ,
        "BOT_DATA_DIR": str(settings.data_dir.absolute()),
        "BOT_DATABASE_URL": settings.database,
        "BOT_BACKUP_PASSPHRASE": secret.get_secret_value() if secret else "",
    }


def _error(said: bytes) -> UserError:
    """Its last words; one that was killed had none."""
    spoken = said.decode(errors="replace").strip().splitlines()
    if not spoken:
        return UserError(BROKE_OFF)
    return UserError("{why}", why=spoken[-1].removeprefix("quipwire: "))
