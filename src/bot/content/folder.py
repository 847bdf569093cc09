"""A content folder: {jokes,headlines,topics}/<lang>.jsonl, reports/*.md and feeds.opml."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Literal

from bot.config import MAX_CONTENT_FILE_BYTES
from bot.content import fields
from bot.content.feeds import read_feeds
from bot.content.lines import Lines, in_folder, read_lines
from bot.content.reports import read_report
from bot.content.stock import Stock
from bot.errors import UserError
from bot.models.said import Said
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bot.content.models import Content
    from bot.content.stock import Found

FEEDS = "feeds.opml"
TOPICS = "topics"
SUFFIXES: dict[Literal[Lines, "reports"], str] = {
    "jokes": ".jsonl",
    "headlines": ".jsonl",
    "topics": ".jsonl",
    "reports": ".md",
}
_SUFFIX = mark("Files in {shelf}/ end in {suffix}; please rename it or take it away.")
# Raised when the same files are to be read differently: every folder then counts as changed.
FORMAT = 3


def read_folder(folder: Path, on_bytes: Callable[[int], None] | None = None) -> Content:
    """All files, whatever is wrong in some; `on_bytes` hears how much was read meanwhile."""
    stock = Stock()
    for path in files(folder):
        name = path.relative_to(folder).as_posix()
        stock.take(name, _read(path, name, on_bytes))
    return stock.content()


def files(folder: Path) -> list[Path]:
    """The files that count, hidden ones left out; a UserError if the folder can't be read."""
    try:
        found = [path for shelf in SUFFIXES for path in _inside(folder / shelf)]
        return [*found, *(path for path in (folder / FEEDS,) if path.is_file())]
    except OSError as error:
        raise UserError(
            "The folder {folder} can't be read: {why}.", folder=folder, why=error.strerror
        ) from None


def state(folder: Path) -> str:
    """Changes with names, sizes and times of the files; costs no reading."""
    stats = [(str(path), path.stat()) for path in files(folder)]
    rows = [(name, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns) for name, stat in stats]
    return _hash(repr((FORMAT, str(folder.absolute()), rows)))


def digest(folder: Path) -> str:
    """Changes with what is in the files, not with where and when they were put there."""
    rows = [(path.relative_to(folder).as_posix(), _inside_hash(path)) for path in files(folder)]
    return _hash(repr((FORMAT, rows)))


def check_size(path: Path) -> None:
    """Refuse what is too large to be read as one file."""
    size = path.stat().st_size
    if size > MAX_CONTENT_FILE_BYTES:
        raise UserError(
            "The file is too large: it has {size:,} MB and may have {most:,}; please split it.",
            size=size // 2**20, most=MAX_CONTENT_FILE_BYTES // 2**20,
        )  # fmt: skip


def _inside(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    seen = (path for path in folder.iterdir() if not path.name.startswith("."))
    return sorted(path for path in seen if path.is_file())


def member(name: str, stream: BinaryIO, on_bytes: Callable[[int], None] | None = None) -> Found:
    """What a file of a content folder holds, told by the folder it is in, as in jokes/en.jsonl."""
    path = PurePosixPath(name)
    if path.name == FEEDS:
        yield from read_feeds(stream.read())
        return
    shelf = next(shelf for shelf in SUFFIXES if shelf == path.parent.name)
    if path.suffix != SUFFIXES[shelf]:
        yield 1, Said(_SUFFIX, {"shelf": shelf, "suffix": SUFFIXES[shelf]})
    elif shelf == "reports":
        yield read_report(stream.read())
    elif path.stem not in fields.LANGUAGES:
        raise UserError("The file should be named after its language, like en.jsonl or zh.jsonl.")
    else:
        yield from read_lines(stream, in_folder(shelf, path.stem), on_bytes)


def is_member(name: str) -> bool:
    """Whether a path belongs to a content folder."""
    path = PurePosixPath(name)
    return path.name == FEEDS or path.parent.name in SUFFIXES


def _read(path: Path, name: str, on_bytes: Callable[[int], None] | None) -> Found:
    check_size(path)
    with path.open("rb") as stream:
        yield from member(name, stream, on_bytes)


def _inside_hash(path: Path) -> str:
    found = blake2b(digest_size=16)
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                found.update(block)
    except OSError as error:
        return f"unreadable {error.errno}"
    return found.hexdigest()


def _hash(text: str) -> str:
    return blake2b(text.encode(errors="surrogateescape"), digest_size=16).hexdigest()
