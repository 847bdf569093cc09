"""Packed bodies are unpacked in small pieces, so that a bomb is stopped at the first one too many.

aiohttp unpacks as well, but takes a stream that was cut short for a whole one.
"""

from __future__ import annotations

import sys
import zlib
from typing import TYPE_CHECKING, Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PIECE_BYTES = 64 * 1024
# One stream after the other is allowed, a page made of nothing but beginnings is not.
MOST_MEMBERS = 100
# 8 MB is what RFC 9659 grants a sender; the library's own limit is 128 MB.
_ZSTD_WINDOW_LOG = 23

# What the unpackers raise; `Cut` is for a stream without its end.
BROKEN = (zlib.error, brotli.error, zstd.ZstdError)


class Cut(Exception):
    """The packed stream ends before its own end."""


class Decoder(Protocol):
    """Takes bytes as they come and gives pieces of some `PIECE_BYTES`."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What these bytes unpack to; raises one of `BROKEN`."""

    def close(self) -> None:
        """No more comes; raises `Cut` if more should have."""


def decoder(header: str) -> Decoder | None:
    """For a Content-Encoding; None if several are stacked, which no honest server does."""
    codings = [name.strip().lower() for name in header.split(",")]
    known = [_DECODERS[name] for name in codings if name in _DECODERS]
    if len(known) > 1:
        return None
    # An unknown name (“utf-8”, “none”) is a mistake in the header: the body is as it is.
    return known[0]() if known else _Plain()


class _Plain:
    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data

    def close(self) -> None:
        """Its length was aiohttp's to see to."""


class _Zlib:
    """gzip or deflate; what follows the last stream is padding."""

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._started = False
        self._members = 0
        self._stream = zlib.decompressobj(bits)

    def feed(self, data: bytes) -> Iterator[bytes]:
        if data and not self._started:
            self._started = True
            self._stream = zlib.decompressobj(_raw_or(self._bits, data))
        while data and self._open(data):
            piece = self._stream.decompress(data, PIECE_BYTES)
            data = self._stream.unconsumed_tail or self._stream.unused_data
            yield piece
            if not data and len(piece) == PIECE_BYTES:
                yield from self._rest()

    def close(self) -> None:
        if self._started and not self._stream.eof:
            raise Cut

    def _open(self, data: bytes) -> bool:
        """Whether the data goes on: with this stream, or with one more like it."""
        if not self._stream.eof:
            return True
        if self._bits != _GZIP_BITS or not _GZIP_MAGIC.startswith(data[:2]):
            return False
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise zlib.error("too many streams")
        self._stream = zlib.decompressobj(self._bits)
        return True

    def _rest(self) -> Iterator[bytes]:
        """What the stream holds back when its input ends together with a piece."""
        while piece := self._stream.decompress(b"", PIECE_BYTES):
            yield piece


class _Brotli:
    def __init__(self) -> None:
        self._started = False
        self._stream = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._started = self._started or bool(data)
        while not self._stream.is_finished():
            piece = self._stream.process(data, output_buffer_limit=PIECE_BYTES)
            if not piece:
                return
            data = b""
            yield piece

    def close(self) -> None:
        if self._started and not self._stream.is_finished():
            raise Cut


class _Zstd:
    def __init__(self) -> None:
        self._started = False
        self._members = 0
        self._stream = _zstd()

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._started = self._started or bool(data)
        while data or not (self._stream.eof or self._stream.needs_input):
            if self._stream.eof:
                self._next()
            yield self._stream.decompress(data, PIECE_BYTES)
            data = self._stream.unused_data if self._stream.eof else b""

    def close(self) -> None:
        if self._started and not self._stream.eof:
            raise Cut

    def _next(self) -> None:
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise zstd.ZstdError("too many frames")
        self._stream = _zstd()


def _zstd() -> zstd.ZstdDecompressor:
    return zstd.ZstdDecompressor(
        options={zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW_LOG}
    )


def _raw_or(bits: int, data: bytes) -> int:
    """Some servers send deflate without the header that belongs to it (RFC 1950)."""
    return -zlib.MAX_WBITS if bits == zlib.MAX_WBITS and data[0] & 0x0F != 8 else bits


_GZIP_BITS = zlib.MAX_WBITS | 16
_GZIP_MAGIC = b"\x1f\x8b"
_DECODERS: dict[str, Callable[[], Decoder]] = {
    "gzip": lambda: _Zlib(_GZIP_BITS),
    "x-gzip": lambda: _Zlib(_GZIP_BITS),
    "deflate": lambda: _Zlib(zlib.MAX_WBITS),
    "br": _Brotli,
    "zstd": _Zstd,
}
ACCEPTED = "gzip, deflate, br, zstd"
