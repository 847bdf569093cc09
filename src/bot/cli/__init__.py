"""The command line: one file per command, and one place that turns errors into sentences."""

from __future__ import annotations

import os
import signal
import sys

from bot.errors import UsageError, UserError

SERVING = {"run", "play"}


def main() -> None:
    """Run a command; an expected failure is one line on stderr."""
    first = sys.argv[1:2]
    if set(first) <= SERVING:
        # Whoever stops it while it is still importing, a second or two, sees the same end as later.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        from bot.cli.program import COMMANDS, program  # noqa: PLC0415  half of that second

        try:
            program(first if set(first) <= COMMANDS.keys() else COMMANDS)()
        finally:
            if sys.stdout:
                sys.stdout.flush()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        told = error if isinstance(error, UserError) else _of_the_disk(error)
        if told is None:
            raise
        if isinstance(error, OSError) and sys.stdout:
            # What could not be written is tried once more at Python's end, and complained about.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"quipwire: {told}", file=sys.stderr)  # noqa: T201
        sys.exit(2 if isinstance(told, UsageError) else 1)


def _of_the_disk(error: Exception) -> UserError | None:
    from bot.store.sqlite import no_room  # noqa: PLC0415  whatever failed may not have needed it

    return no_room(error)
