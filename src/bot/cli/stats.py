"""quipwire stats"""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.cli.opened import opened
from bot.config import Settings
from bot.models.stats import Stats
from bot.render.stats import NAMES, caption
from bot.services.stats import collect
from bot.texts import Texts


def stats(
    as_json: Annotated[bool, typer.Option("--json", help="For another program.")] = False,
) -> None:
    """Print the numbers of the bot."""
    settings = Settings.load()
    found = asyncio.run(_collect(settings))
    if as_json:
        typer.echo(json.dumps(_record(found), ensure_ascii=False, indent=1, default=str))
        return
    texts = Texts(settings.language)
    for page in NAMES:
        typer.echo(caption(found, page, texts))


async def _collect(settings: Settings) -> Stats:
    async with opened(settings) as db:
        return await collect(db, datetime.now(UTC))


def _record(found: Stats) -> dict[str, object]:
    jokes = [{**asdict(each), "liked": round(each.liked, 4)} for each in found.jokes]
    return {**asdict(found), "jokes": jokes, "topics": dict(found.topics)}
