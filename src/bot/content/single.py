"""One file that comes alone, for import: its kind is told by its name and its beginning."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, Literal

from bot.config import MAX_CONTENT_FILE_BYTES
from bot.content import fields
from bot.content.folder import check_size, files
from bot.content.lines import alone, read_lines
from bot.content.reports import read_report
from bot.content.stock import Stock
from bot.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.content.models import Content, Shelf

Kind = Literal["lines", "report", "page"]
_HEAD_BYTES = 4096
_FRONT = re.compile(rb"-{3,}[ \t]*\r?\n\s*[\w\"']+\s*:")


def check_path(path: Path) -> None:
    """Refuse what can't be imported at all, in one sentence."""
    try:
        _check_path(path)
    except OSError as error:
        raise UserError("{path} can't be read: {why}.", path=path, why=error.strerror) from None


def _check_path(path: Path) -> None:
    if not path.exists():
        raise UserError("There is no file or folder {path}.", path=path)
    if path.is_dir():
        if not files(path):
            raise UserError(
                "The folder {path} holds no content: no jokes/, headlines/, reports/, feeds.opml.",
                path=path,
            )
    elif not path.is_file():
        raise UserError("{path} is neither a file nor a folder; pipe it in and give - .", path=path)
    else:
        check_size(path)
        with path.open("rb") as file:
            file.read(1)


def slurp(stream: BinaryIO) -> BinaryIO:
    """All of a stream that can be read once only, within the limit."""
    data = stream.read(MAX_CONTENT_FILE_BYTES + 1)
    if len(data) > MAX_CONTENT_FILE_BYTES:
        raise UserError(
            "The input is too large: it may have {most:,} MB; please split it.",
            most=MAX_CONTENT_FILE_BYTES // 2**20,
        )
    return BytesIO(data)


def kind_of(stream: BinaryIO, name: str) -> Kind:
    """What is in a file that can be rewound; a UserError if it is nothing we read."""
    head = stream.read(_HEAD_BYTES)
    stream.seek(0)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    suffix = PurePath(name).suffix.lower()
    if not start:
        raise UserError("{name} is empty.", name=name)
    if suffix == ".opml" or start.startswith((b"<?xml", b"<opml")):
        raise UserError("{name} is a list of feeds or other XML, which no shelf takes.", name=name)
    if suffix in {".jsonl", ".ndjson", ".json"} or start.startswith(b"{"):
        return "lines"
    return "report" if _FRONT.match(start) else "page"


def read_single(
    stream: BinaryIO,
    name: str,
    kind: Literal["lines", "report"],
    shelf: Shelf | None,
    on_bytes: Callable[[int], None] | None = None,
) -> Content:
    """The entries of JSON Lines, or one report; the language of `xx.jsonl` is in its name."""
    stock = Stock()
    if kind == "report":
        stock.take(name, [read_report(stream.read())])
    else:
        stem = PurePath(name).stem
        language = stem if stem in fields.LANGUAGES else None
        stock.take(name, read_lines(stream, alone(shelf, language), on_bytes))
    return stock.content()
