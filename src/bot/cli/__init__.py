"""The command line: one file per command, and one place that turns errors into sentences."""

from __future__ import annotations

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
    from bot.cli.program import COMMANDS, program  # noqa: PLC0415  half of that second

    try:
        program(first if set(first) <= COMMANDS.keys() else COMMANDS)()
    except UserError as error:
        print(f"quipwire: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except KeyboardInterrupt:
        sys.exit(130)
