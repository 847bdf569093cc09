"""One Quipwire at a time on a data folder. The lock dies with its process, however that ends."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from bot.errors import UserError
from bot.store.folder import make_private

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A predecessor that is just ending may take a moment.
WAIT_SECONDS = 1.5
NAME = "quipwire.lock"


@contextmanager
def lock_data(folder: Path) -> Iterator[None]:
    """Hold the folder; a missing one is made, for this user alone. A UserError if another process
    has it.
    """
    try:
        make_private(folder)
        lock = FileLock(folder / NAME, timeout=WAIT_SECONDS)
        lock.acquire()
    except Timeout:
        raise UserError(
            "Another Quipwire is already running on {folder}. "
            "Stop it first, or set BOT_DATA_DIR to another folder.",
            folder=folder,
        ) from None
    except OSError as error:
        raise UserError(
            "The folder {folder} can't be used ({reason}). "
            "Set BOT_DATA_DIR to a folder where Quipwire may write.",
            folder=folder,
            reason=error.strerror or error,
        ) from error
    try:
        yield
    finally:
        lock.release()
