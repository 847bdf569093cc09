"""quipwire doctor"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.cli.checkup import Checkup, Finding
from bot.config import Settings
from bot.store.database import place_of

# For what is well and what is not; where a terminal has no such signs, in letters.
SIGNS, LETTERS = ("✓", "✗"), ("ok:", "not ok:")


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="For another program.")] = False,
) -> None:
    """Look at all that a bot needs, also beside a running one, and say what is wrong."""
    settings = Settings.load()
    place_of(settings.database)
    findings = asyncio.run(_findings(settings, quiet=as_json))
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in findings], indent=1))
    if not all(each.ok for each in findings):
        raise typer.Exit(1)


async def _findings(settings: Settings, *, quiet: bool) -> list[Finding]:
    """All of them, each told as soon as it is there."""
    found = []
    async for finding in Checkup(settings, datetime.now(UTC)).findings():
        found.append(finding)
        if not quiet:
            typer.echo(_line(finding, sys.stdout.encoding or "utf-8"))
    return found


def _line(finding: Finding, encoding: str) -> str:
    """As this terminal can show it."""
    well, ill = SIGNS if _shows("".join(SIGNS), encoding) else LETTERS
    line = f"{well if finding.ok else ill} {finding.says}"
    return line.encode(encoding, "backslashreplace").decode(encoding)


def _shows(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
