"""The command line: one file per command, and one place that turns errors into sentences."""

from __future__ import annotations

import sys

import typer

from bot.cli import (
    backup,
    check,
    exporting,
    importing,
    migrate,
    play,
    run,
    stats,
    summarize,
    version,
)
from bot.config import Settings
from bot.errors import UsageError, UserError

app = typer.Typer(
    help="Quipwire: a Telegram bot for jokes, headlines and long reports.",
    no_args_is_help=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("run")(run.run)
app.command("play")(play.play)
app.command("check")(check.check)
app.command("import")(importing.import_)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("export")(exporting.export)
app.command("summarize")(summarize.summarize)
app.command("stats")(stats.stats)
app.command("migrate")(migrate.migrate)
app.command("version")(version.version)


@app.callback()
def start(context: typer.Context) -> None:
    """Alone: serves Telegram when a token is set, opens the playground when not."""
    if context.invoked_subcommand is None:
        run.run() if Settings.load().token else play.play()


def main() -> None:
    """Run a command; an expected failure is one line on stderr."""
    try:
        app()
    except UserError as error:
        print(f"quipwire: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except KeyboardInterrupt:
        sys.exit(130)
