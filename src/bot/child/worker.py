"""The inside of a worker: it gets ready under its limits, and answers with plain values only.

An exception would be rebuilt in the bot, and with it its libraries and the text it speaks of.
"""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.child import limits
from bot.errors import UserError, where

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.child.progress import Counts

# On a busy machine the bot's own loop goes first.
NICENESS = 10


@dataclass(frozen=True, slots=True)
class Done:
    """What the task returned."""

    value: Any


@dataclass(frozen=True, slots=True)
class Refused:
    """The UserError that the task raised."""

    message: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """The task asked for more memory than its budget."""


@dataclass(frozen=True, slots=True)
class Failed:
    """An unexpected error: its type and where it arose, never its words."""

    error: str
    where: str


Outcome = Done | Refused | OutOfMemory | Failed


def start(memory: int, counts: Counts) -> None:
    """Get a new worker ready; it is forked from a server that imported everything heavy."""
    from bot.child import preload  # noqa: PLC0415 - the bot imports this module too
    from bot.reading.progress import turned  # noqa: PLC0415 - as above

    def note(page: int, pages: int) -> None:
        counts[0], counts[1] = page, pages

    os.nice(NICENESS)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    limits.die_with(preload.SERVER)
    limits.cap_memory(memory)
    turned.set(note)


def call(task: Callable[..., Any], args: tuple[Any, ...], seconds: float) -> Outcome:
    """Run a task; whatever happens is an outcome, but the end of its seconds."""
    try:
        with limits.seconds_of_processor(seconds):
            return Done(task(*args))
    except UserError as error:
        return Refused(error.message, error.values)
    except MemoryError:
        return OutOfMemory()
    except Exception as error:  # noqa: BLE001 - the outermost loop of the worker
        return Failed(type(error).__name__, where(error))
