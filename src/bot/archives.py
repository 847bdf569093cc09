"""ZIP archives, in which documents and content packs come; summed before and while unpacked."""

from __future__ import annotations

import lzma
import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO
from zipfile import BadZipFile, ZipFile

from bot.config import MAX_ARCHIVE_BYTES, MAX_ARCHIVE_FILES, MAX_PART_BYTES
from bot.errors import UserError
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Iterator

BROKEN = mark("That file is damaged: it can't be unpacked.")
LARGE = mark("That file unpacks to more than may be read.")
LOCKED = mark("That document is locked with a password; please save it without one.")
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_FAILURES = (
    BadZipFile, EOFError, zlib.error, lzma.LZMAError, struct.error, NotImplementedError,
    OSError, ValueError, IndexError, KeyError, OverflowError,
)  # fmt: skip


def is_archive(data: bytes) -> bool:
    """Whether the bytes begin like a ZIP file."""
    return data.startswith(_MAGIC)


class Archive:
    """The files of an archive, each read at most once; all together within the limits."""

    def __init__(self, data: bytes | BinaryIO, most: int | None = None) -> None:
        try:
            self._zip = ZipFile(BytesIO(data) if isinstance(data, bytes) else data)
        except _FAILURES:
            raise UserError(BROKEN) from None
        found = self._zip.infolist()
        if len(found) > MAX_ARCHIVE_FILES or sum(f.file_size for f in found) > MAX_ARCHIVE_BYTES:
            raise UserError(LARGE)
        self._infos = {info.filename: info for info in found}
        self._left = most or MAX_PART_BYTES

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def __iter__(self) -> Iterator[str]:
        """The names of its files."""
        return (name for name, info in self._infos.items() if not info.is_dir())

    def read(self, name: str) -> bytes:
        """One file; a UserError if it is locked, damaged, missing or beyond the limits."""
        info = self._infos.get(name)
        if info is None:
            raise UserError(BROKEN)
        if info.flag_bits & 1:
            raise UserError(LOCKED)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(self._left + 1)
        except (*_FAILURES, RuntimeError):
            raise UserError(BROKEN) from None
        self._left -= len(data)
        if self._left < 0:
            raise UserError(LARGE)
        return data

    def read_if_there(self, name: str) -> bytes:
        """One file, empty if there is none."""
        return self.read(name) if name in self._infos else b""
