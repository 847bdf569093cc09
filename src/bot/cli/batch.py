"""Many texts at once: JSON Lines in, JSON Lines out in the same order, a few lines in memory."""

from __future__ import annotations

import asyncio
import codecs
import json
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, Literal

import typer

from bot.child import Children, tasks
from bot.cli.check import progress
from bot.cli.records import Record, encoded, record
from bot.config import MAX_BATCH_LINE_BYTES
from bot.errors import UsageError, UserError
from bot.models.summaries import Length, Wish

STREAM = "-"
MOST_WORKERS = 8
# Lines read ahead for each worker, so that none waits while the oldest is still being read.
AHEAD = 4

# Stands for a line beyond the limit.
TOO_LONG = b"too long"

Advance = Callable[[int], None]
Work = asyncio.Task[tuple[Record, int]]
Coming = asyncio.Task[bytes | None]


@dataclass(frozen=True, slots=True)
class Job:
    """A line of the input: its own wish, or why it can't be read."""

    id: Any
    text: str
    wish: Wish
    error: str | None = None


class Batch:
    """Summarises the lines of one file; counts those that could not be."""

    def __init__(self, wish: Wish) -> None:
        self._wish = wish
        self._done = self._failed = 0

    def run(self, source: str, target: str) -> int:
        """Read `source` and write `target`; the number of lines that have an error."""
        if STREAM not in (source, target) and Path(target).exists() and _same(source, target):
            raise UsageError("IN and OUT are the same file; please write to another one.")
        with ExitStack() as stack:
            lines = stack.enter_context(_opened(source, "rb"))
            out = stack.enter_context(_opened(target, "wb"))
            advance = stack.enter_context(progress("Summarising", _size(lines), big=0))
            asyncio.run(self._all(lines, out, advance))
        failed = f"; {self._failed:,} could not be" if self._failed else ""
        typer.echo(f"{self._done:,} texts summarised{failed}.", err=True)
        return self._failed

    async def _all(self, lines: BinaryIO, out: BinaryIO, advance: Advance) -> None:
        workers = min(os.cpu_count() or 1, MOST_WORKERS)
        source = _lines(lines)
        waiting: deque[Work] = deque()
        async with Children(workers=workers, queue=workers * AHEAD) as children:
            coming: Coming | None = _coming(source)
            while coming or waiting:
                room = coming is not None and len(waiting) < workers * AHEAD
                first = [waiting[0]] if waiting else []
                await _any([*first, *([coming] if coming and room else [])])
                if waiting and waiting[0].done():
                    self._write(out, advance, waiting.popleft().result())
                    if not waiting:
                        out.flush()
                if room and coming and coming.done():
                    line = coming.result()
                    if line is not None:
                        waiting.append(asyncio.create_task(self._one(children, line)))
                    coming = _coming(source) if line is not None else None

    def _write(self, out: BinaryIO, advance: Advance, done: tuple[Record, int]) -> None:
        found, size = done
        if "error" in found:
            self._failed += 1
        else:
            self._done += 1
        out.write(encoded(found))
        advance(size)

    async def _one(self, children: Children, line: bytes) -> tuple[Record, int]:
        job = parse(line, self._wish)
        if job.error is not None:
            return {"id": job.id, "error": job.error}, len(line)
        try:
            summary = await children.run(tasks.summarize_text, job.text, job.wish)
        except UserError as error:
            return {"id": job.id, "error": str(error)}, len(line)
        return record(job.id, summary), len(line)


def parse(line: bytes, default: Wish) -> Job:
    """A line as somebody's text and wish; its own length takes the place of the run's."""
    if line == TOO_LONG:
        return Job(None, "", default, "That line is too long.")
    try:
        found = json.loads(line, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return Job(None, "", default, "That line is no JSON object.")
    if not isinstance(found, dict):
        return Job(None, "", default, "That line is no JSON object.")
    name = found.get("id")
    try:
        return Job(name, _text(found), _wish(found, default))
    except UserError as error:
        return Job(name, "", default, str(error))


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _text(found: Record) -> str:
    text = found.get("text")
    if not isinstance(text, str):
        raise UserError("That line has no “text”, or it is no string.")
    return text


def _wish(found: Record, default: Wish) -> Wish:
    language, title = _string(found, "language"), _string(found, "title")
    sentences, words = _number(found, "sentences"), _number(found, "words")
    if sentences and words:
        raise UserError("That line asks for sentences and for words; please choose one.")
    length = default.length
    if sentences:
        length = Length(sentences)
    elif words:
        length = Length(words, "words")
    return replace(default, length=length, title=title, language=language or default.language)


def _string(found: Record, name: str) -> str | None:
    value = found.get(name)
    if value is None or isinstance(value, str):
        return value or None
    raise UserError("That line's “{name}” is no string.", name=name)


def _number(found: Record, name: str) -> int | None:
    value = found.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise UserError("That line's “{name}” should be a whole number from 1 up.", name=name)
    return value


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines that are not blank; one beyond the limit is passed over and told."""
    while line := stream.readline(MAX_BATCH_LINE_BYTES):
        rest = line
        while not rest.endswith(b"\n") and (rest := stream.readline(MAX_BATCH_LINE_BYTES)):
            line = TOO_LONG
        line = line.removeprefix(codecs.BOM_UTF8)
        if line.strip():
            yield line


def _coming(source: Iterator[bytes]) -> Coming:
    return asyncio.create_task(asyncio.to_thread(next, source, None))


async def _any(work: list[asyncio.Task[Any]]) -> None:
    await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)


@contextmanager
def _opened(name: str, mode: Literal["rb", "wb"]) -> Iterator[BinaryIO]:
    """A file or, for `-`, the standard stream; a UserError where it can't be used."""
    if name == STREAM:
        yield sys.stdin.buffer if mode == "rb" else sys.stdout.buffer
        return
    try:
        with Path(name).open(mode) as stream:
            yield stream
    except OSError as error:
        if isinstance(error, FileNotFoundError) and mode == "rb":
            raise UserError("There is no file {path}.", path=name) from None
        doing = "read" if mode == "rb" else "written"
        raise UserError(
            "{path} can't be {doing}: {why}.", path=name, doing=doing, why=error.strerror
        ) from None


def _same(source: str, target: str) -> bool:
    return Path(source).exists() and Path(source).samefile(target)


def _size(stream: BinaryIO) -> int:
    """For the bar; of a pipe nobody knows."""
    try:
        return os.fstat(stream.fileno()).st_size
    except OSError:
        return 0
