"""One file that comes alone, for import: its kind is told by its name and its beginning."""

from __future__ import annotations

import codecs
import json
import re
from io import BytesIO, TextIOWrapper
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, Literal

from bot.archives import Archive, is_archive
from bot.config import MAX_CONTENT_FILE_BYTES
from bot.content import fields
from bot.content.arrays import LISTS, read_array, read_toml
from bot.content.feeds import read_others
from bot.content.folder import check_size, files
from bot.content.lines import alone, read_lines
from bot.content.reports import read_report
from bot.content.stock import Stock
from bot.content.tables import read_table
from bot.errors import UserError
from bot.words import encodings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TextIO

    from bot.content.models import Content, Shelf
    from bot.content.stock import Found

# What holds entries as such; a pack holds other files, and the rest has to be read first.
Alone = Literal["lines", "array", "table", "toml", "feeds", "report"]
Kind = Alone | Literal["pack", "document", "page"]
# What is in none of the languages that can be told is most likely in this one.
DEFAULT_LANGUAGE = "en"
_HEAD_BYTES = 4096
_SAMPLE_BYTES = 1 << 16
_BY_SUFFIX: dict[str, Kind] = {
    ".jsonl": "lines", ".ndjson": "lines", ".csv": "table", ".tsv": "table", ".toml": "toml",
    ".opml": "feeds",
}  # fmt: skip
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# PDF, RTF, old Word: the reading room says what it makes of them.
_DOCUMENTS = (b"%PDF", b"{\\rtf", b"\xd0\xcf\x11\xe0")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
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
    if is_archive(head):
        return "document" if _is_office(stream) else "pack"
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    if b"<opml" in start:
        return "feeds"
    if start.startswith(_DOCUMENTS) or _HTML.match(start):
        return "document"
    if start.startswith(b"<?xml"):
        raise UserError("{name} is XML, which no shelf takes.", name=name)
    if suffix == ".json" or start.startswith((b"{", b"[")):
        return "lines" if _is_lines(start) else "array"
    return "report" if _FRONT.match(start) else "page"


def read_single(
    stream: BinaryIO,
    name: str,
    kind: Alone,
    shelf: Shelf | None = None,
    on_bytes: Callable[[int], None] | None = None,
) -> Content:
    """All in one file; the language of `xx.jsonl` is in its name."""
    stock = Stock()
    stock.take(name, found_in(stream, name, kind, shelf, on_bytes))
    return stock.content()


def found_in(
    stream: BinaryIO,
    name: str,
    kind: Alone,
    shelf: Shelf | None = None,
    on_bytes: Callable[[int], None] | None = None,
) -> Found:
    """The same, line by line."""
    stem = PurePath(name).stem
    parse = alone(shelf, stem if stem in fields.LANGUAGES else None)
    if kind == "report":
        yield read_report(stream.read())
    elif kind == "feeds":
        yield from read_others(stream.read(), DEFAULT_LANGUAGE)
    elif kind == "table":
        yield from read_table(_text(stream), parse)
    elif kind == "lines":
        yield from read_lines(stream, parse, on_bytes)
    else:
        read = read_toml if kind == "toml" else read_array
        yield from read(_text(stream).read(), parse)


def _text(stream: BinaryIO) -> TextIO:
    """In its encoding, which the beginning tells."""
    start = stream.read(_SAMPLE_BYTES)
    stream.seek(0)
    encoding = encodings.marked(start) or _guessed(start)
    marked = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}
    known = marked.get(encoding, encoding) if start.startswith(_MARKS) else encoding
    return TextIOWrapper(stream, known, errors="replace", newline="")


def _guessed(start: bytes) -> str:
    """UTF-8, also where the sample cuts a letter, before anything else."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return encodings.guess(start) or "utf-8"
    return "utf-8"


def _is_office(stream: BinaryIO) -> bool:
    """Word, OpenDocument, PowerPoint and EPUB are archives as well."""
    names = set(Archive(stream))
    stream.seek(0)
    return bool(names & {"[Content_Types].xml", "_rels/.rels", "mimetype"})


def _is_lines(start: bytes) -> bool:
    """Whether the first line is a whole object, and not one that holds a list of jokes."""
    first, _, _ = start.partition(b"\n")
    try:
        found = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and not any(isinstance(found.get(each), list) for each in LISTS)
