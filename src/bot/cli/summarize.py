"""quipwire summarize"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from bot.app import door
from bot.child import Children, tasks
from bot.cli.batch import Batch
from bot.cli.records import encoded, record
from bot.config import MAX_DOCUMENT_BYTES, Settings
from bot.errors import UsageError, UserError
from bot.models.summaries import Length, Summary, Wish
from bot.reading.rank import METHODS

DEFAULT_SENTENCES = 3
STREAM = "-"


def summarize(
    file: Annotated[str, typer.Argument(metavar="FILE|URL|-", help="A document; - reads stdin.")],
    out: Annotated[
        str | None, typer.Argument(metavar="[OUT]", help="With --jsonl: where the lines go.")
    ] = None,
    sentences: Annotated[int | None, typer.Option(min=1, help="How many sentences; 3.")] = None,
    words: Annotated[int | None, typer.Option(min=1, help="About how many words.")] = None,
    method: Annotated[str | None, typer.Option(help="How sentences are ranked.")] = None,
    language: Annotated[str | None, typer.Option(help="en, zh, ...; found out if absent.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="FILE and OUT are JSON Lines.")] = False,
) -> None:
    """Tell a document in its own sentences."""
    wish = _wish(sentences, words, method, language)
    if not jsonl:
        if out is not None:
            raise UsageError("There is one FILE; a second name needs --jsonl.")
        _one(file, wish, as_json=json_)
    elif out is None:
        raise UsageError("--jsonl takes two names: what to read and where to write.")
    elif Batch(wish).run(file, out):
        raise typer.Exit(1)


def _wish(
    sentences: int | None, words: int | None, method: str | None, language: str | None
) -> Wish:
    if sentences is not None and words is not None:
        raise UsageError("Please give --sentences or --words, not both.")
    if method is not None and method not in METHODS:
        names = ", ".join(METHODS)
        raise UsageError(
            "There is no method {method}; there are {names}.", method=method, names=names
        )
    if words is not None:
        return Wish(Length(words, "words"), method, language)
    return Wish(Length(sentences or DEFAULT_SENTENCES), method, language)


def _one(file: str, wish: Wish, *, as_json: bool) -> None:
    summary = asyncio.run(_page(file, wish) if _is_link(file) else _file(file, wish))
    if as_json:
        found = record(None if file == STREAM else file, summary) | {"source": summary.source}
        sys.stdout.buffer.write(encoded(found))
        sys.stdout.buffer.flush()
    else:
        for line in _lines(summary):
            typer.echo(line)


async def _page(url: str, wish: Wish) -> Summary:
    async with door(Settings.load()) as web:
        page = await web.get(url, most=MAX_DOCUMENT_BYTES)
    return await _summary(page.body, wish, page.charset)


async def _file(file: str, wish: Wish) -> Summary:
    return await _summary(_bytes(file), wish, None)


async def _summary(data: bytes, wish: Wish, charset: str | None) -> Summary:
    async with Children(workers=1) as children:
        return await children.run(tasks.summarize_file, data, wish, charset)


def _is_link(file: str) -> bool:
    return file.lower().startswith(("http://", "https://"))


def _bytes(file: str) -> bytes:
    if file == STREAM:
        return _all(sys.stdin.buffer, "The input")
    path = Path(file)
    if path.is_dir():
        raise UserError("{path} is a folder; please give one file.", path=file)
    try:
        with path.open("rb") as stream:
            return _all(stream, file)
    except FileNotFoundError:
        raise UserError("There is no file {path}.", path=file) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UserError("{path} can't be read: {why}.", path=file, why=why) from None


def _all(stream: BinaryIO, name: str) -> bytes:
    data = stream.read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        raise UserError(
            "{name} is too large: a document may have {most} MB.",
            name=name, most=MAX_DOCUMENT_BYTES // 2**20,
        )  # fmt: skip
    return data


def _lines(summary: Summary) -> list[str]:
    """For people: the title, then each sentence with its place."""
    reading = summary.reading
    head = [_shown(reading.title)] if reading.title else []
    head.append(f"{summary.words:,} of {reading.words:,} words")
    for sentence in summary.sentences:
        page = f"page {sentence.page}" if sentence.page else ""
        place = ", ".join(filter(None, (_shown(sentence.section or ""), page)))
        head += ["", _shown(sentence.text)] + ([f"  ({place})"] if place else [])
    return head


def _shown(text: str) -> str:
    """On one line, and without power over the terminal."""
    flat = " ".join(text.split())
    return "".join(char for char in flat if char.isprintable())
