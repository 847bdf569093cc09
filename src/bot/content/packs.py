"""Archives of content: a packed content folder, data sets, and documents to be read."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from bot.archives import Archive
from bot.config import MAX_ARCHIVE_BYTES, MAX_IMPORTED_DOCUMENTS
from bot.content.folder import is_member, member
from bot.content.single import found_in, kind_of
from bot.content.stock import Stock
from bot.errors import UserError
from bot.models.said import Said
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.content.models import Content

    Documents = tuple[tuple[str, bytes], ...]

# Our own export's tables say the same once more.
TABLES = "tables"
_NESTED = mark("An archive in an archive is not opened; please send it alone.")
_MANY = mark("I read {most} documents at once; please split.")
_ELSEWHERE = ("__MACOSX",)


def read_pack(
    stream: BinaryIO, on_bytes: Callable[[int], None] | None = None
) -> tuple[Content, Documents]:
    """What its files hold, and those that are documents; a UserError for a hostile archive.

    Nothing is unpacked onto the disk.
    """
    archive, stock = Archive(stream, MAX_ARCHIVE_BYTES), Stock()
    documents: list[tuple[str, bytes]] = []
    for name in _names(archive):
        data = archive.read(name)
        if is_member(name):
            stock.take("/".join(PurePosixPath(name).parts[-2:]), member(name, BytesIO(data)))
        else:
            _take(name, data, stock, documents)
        if on_bytes is not None:
            on_bytes(len(data))
    return stock.content(), tuple(documents)


def _names(archive: Archive) -> list[str]:
    """The files that count; a UserError for a name that leads out of the archive."""
    found = [(name, PurePosixPath(name.replace("\\", "/"))) for name in archive]
    for name, path in found:
        if path.is_absolute() or ".." in path.parts or ":" in "".join(path.parts[:1]):
            raise UserError(
                "The archive names a file outside of itself ({name}), so I leave all of it alone.",
                name=name[:80],
            )
    content = any(is_member(name) for name, _ in found)
    return sorted(name for name, path in found if not _is_aside(path, content=content))


def _is_aside(path: PurePosixPath, *, content: bool) -> bool:
    hidden = any(part.startswith((".", *_ELSEWHERE)) for part in path.parts)
    return hidden or (content and path.parent.name == TABLES)


def _take(name: str, data: bytes, stock: Stock, documents: list[tuple[str, bytes]]) -> None:
    """A file of another kind; what can't be told is a problem of its own."""
    try:
        kind = kind_of(BytesIO(data), name)
    except UserError as error:
        stock.problem(name, 1, error.said)
        return
    if kind == "pack":
        stock.problem(name, 1, Said(_NESTED))
    elif kind != "page" and kind != "document":
        stock.take(name, found_in(BytesIO(data), name, kind))
    elif len(documents) < MAX_IMPORTED_DOCUMENTS:
        documents.append((name, data))
    else:
        stock.problem(name, 1, Said(_MANY, {"most": MAX_IMPORTED_DOCUMENTS}))
