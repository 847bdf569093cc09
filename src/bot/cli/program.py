"""The roll of the command line."""

from __future__ import annotations

import gc
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer

from bot.config import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# Command -> its file and function. Only what is asked for is imported: a summary needs no Telegram,
# and half of the time that a short command takes are imports.
COMMANDS = {
    "run": "run.run",
    "play": "play.play",
    "check": "check.check",
    "import": "importing.import_",
    "backup": "backup.backup",
    "restore": "backup.restore",
    "export": "exporting.export",
    "summarize": "summarize.summarize",
    "stats": "stats.stats",
    "migrate": "migrate.migrate",
    "doctor": "doctor.doctor",
    "version": "version.version",
}


def program(names: Iterable[str]) -> typer.Typer:
    """The command line with these commands."""
    app = typer.Typer(
        help="Quipwire: a Telegram bot for jokes, headlines and long reports. Alone, without a"
        " command, it serves Telegram when a token is set and opens the playground when not.",
        context_settings={"help_option_names": ["--help", "-h"]},
        no_args_is_help=False,
        invoke_without_command=True,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback()(start)
    for name in names:
        app.command(name)(_function(name))
    return app


def start(context: typer.Context) -> None:
    """Alone: serves Telegram when a token is set, opens the playground when not."""
    if context.invoked_subcommand is None:
        _function("run" if Settings.load().token else "play")()


def _function(name: str) -> Callable[..., Any]:
    """Imports leave no garbage: without a search for it they take a tenth less time."""
    module, _, function = COMMANDS[name].partition(".")
    gc.disable()
    try:
        found: Callable[..., Any] = getattr(import_module(f"bot.cli.{module}"), function)
    finally:
        gc.enable()
    return found
