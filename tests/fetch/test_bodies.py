"""Packed and endless bodies: what is whole comes whole, and a bomb stops at the cap."""

from __future__ import annotations

import gzip
import os
import sys
import tracemalloc
import zlib
from functools import cache, partial
from typing import TYPE_CHECKING

import brotli
import pytest

from bot.fetch import Web, WebError, coding
from tests.fetch.server import answers, closes, never_ends

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fetch.server import Server

TEXT = ("All of it is read, and nothing twice. " * 9_000 + "尾").encode()
NOISE = os.urandom(300_000)
MEGABYTE = 1024 * 1024


def raw_deflate(data: bytes) -> bytes:
    return zlib.compress(data, wbits=-15)


PACKERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("X-GZIP", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "deflate without a header": ("deflate", raw_deflate),
    "br": ("br", partial(brotli.compress, quality=5)),
    "zstd": ("zstd", zstd.compress),
}
packed = pytest.mark.parametrize("packing", PACKERS)


@cache
def bomb(packing: str) -> bytes:
    """128 MB of nothing."""
    return PACKERS[packing][1](bytes(128 * MEGABYTE))


@packed
@pytest.mark.parametrize("body", [b"", b"x", TEXT, NOISE], ids=["empty", "x", "text", "noise"])
async def test_a_packed_body_comes_whole(
    server: Server, web: Web, packing: str, body: bytes
) -> None:
    name, pack = PACKERS[packing]
    server.pages["/"] = answers(200, pack(body), Content_Encoding=name)
    assert (await web.get(server.url())).body == body


@packed
@pytest.mark.parametrize("size", [1, 2, 1_000, 70_000])
def test_the_pieces_a_body_arrives_in_do_not_matter(packing: str, size: int) -> None:
    name, pack = PACKERS[packing]
    data, decoder = pack(TEXT), coding.decoder(name)
    assert decoder is not None
    found = b"".join(
        piece
        for start in range(0, len(data), size)
        for piece in decoder.feed(data[start : start + size])
    )
    decoder.close()
    assert found == TEXT


@packed
async def test_a_bomb_stops_at_the_cap(server: Server, web: Web, packing: str) -> None:
    server.pages["/"] = answers(200, bomb(packing), Content_Encoding=PACKERS[packing][0])
    with pytest.raises(WebError, match="too large: 1 MB at most"):
        await web.get(server.url(), most=MEGABYTE)


@packed
def test_no_piece_of_a_bomb_is_large(packing: str) -> None:
    decoder = coding.decoder(PACKERS[packing][0])
    assert decoder is not None
    data = bomb(packing)
    tracemalloc.start()
    try:
        total = sum(len(piece) for piece in decoder.feed(data))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert total == 128 * MEGABYTE
    assert peak < len(data) + 4 * MEGABYTE


@packed
async def test_a_packed_body_that_was_cut_short_is_told_so(
    server: Server, web: Web, packing: str
) -> None:
    name, pack = PACKERS[packing]
    server.pages["/"] = answers(200, pack(NOISE)[:200_000], Content_Encoding=name)
    with pytest.raises(WebError, match="broke off"):
        await web.get(server.url())


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
async def test_what_is_not_packed_as_it_says_is_told_so(
    server: Server, web: Web, name: str
) -> None:
    server.pages["/"] = answers(200, b"xxxxxxxxxxxxxxxxxx" * 99, Content_Encoding=name)
    with pytest.raises(WebError, match="packs its pages"):
        await web.get(server.url())


@pytest.mark.parametrize("name", ["", "identity", "utf-8", "none"])
async def test_an_unknown_packing_is_a_mistake_of_the_header(
    server: Server, web: Web, name: str
) -> None:
    server.pages["/"] = answers(200, TEXT, Content_Encoding=name)
    assert (await web.get(server.url())).body == TEXT


async def test_a_body_packed_twice_is_not_read(server: Server, web: Web) -> None:
    twice = gzip.compress(gzip.compress(TEXT))
    server.pages["/"] = answers(200, twice, Content_Encoding="gzip, gzip")
    with pytest.raises(WebError, match="packs its pages"):
        await web.get(server.url())


async def test_streams_one_after_the_other_are_one_body_and_padding_is_none(
    server: Server, web: Web
) -> None:
    gzips = gzip.compress(b"one, ") + gzip.compress(b"two")
    server.pages["/gzip"] = answers(200, gzips, Content_Encoding="gzip")
    server.pages["/pad"] = answers(200, gzips + bytes(512), Content_Encoding="gzip")
    frames = zstd.compress(b"one, ") + zstd.compress(b"two")
    server.pages["/zstd"] = answers(200, frames, Content_Encoding="zstd")
    for path in ("/gzip", "/pad", "/zstd"):
        assert (await web.get(server.url(path))).body == b"one, two"


@pytest.mark.parametrize(
    ("name", "empty"),
    [("gzip", gzip.compress(b"")), ("zstd", zstd.compress(b""))],
    ids=["gzip", "zstd"],
)
async def test_a_body_of_beginnings_without_end_is_not_read(
    server: Server, web: Web, name: str, empty: bytes
) -> None:
    server.pages["/"] = answers(200, empty * 50_000, Content_Encoding=name)
    with pytest.raises(WebError, match="packs its pages"):
        await web.get(server.url())


async def test_a_window_beyond_the_standard_s_is_not_opened(server: Server, web: Web) -> None:
    wide: dict[int, int] = {
        zstd.CompressionParameter.window_log: 27,
        zstd.CompressionParameter.checksum_flag: 0,
    }
    data = zstd.ZstdCompressor(options=wide)
    server.pages["/"] = answers(200, data.compress(NOISE) + data.flush(), Content_Encoding="zstd")
    with pytest.raises(WebError, match="packs its pages"):
        await web.get(server.url())


async def test_a_body_without_end_stops_at_the_cap(server: Server, web: Web) -> None:
    server.pages["/plain"] = never_ends(b"x" * 65_536)
    server.pages["/chunks"] = never_ends(b"4\r\nabcd\r\n" * 9_000, Transfer_Encoding="chunked")
    # Blocks of deflate that hold nothing: the body grows by no byte, however long it takes.
    nothing = b"\x00\x00\x00\xff\xff" * 9_000
    server.pages["/nothing"] = never_ends(nothing, Content_Encoding="deflate")
    for path in ("/plain", "/chunks", "/nothing"):
        with pytest.raises(WebError, match="too large: 1 MB at most"):
            await web.get(server.url(path), most=MEGABYTE)


async def test_a_body_that_says_that_it_is_too_large_is_not_begun(server: Server, web: Web) -> None:
    server.pages["/"] = closes(b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n")
    with pytest.raises(WebError, match="too large: 10 MB at most"):
        await web.get(server.url())


async def test_a_body_of_just_the_size_is_read_and_one_byte_more_is_not(
    server: Server, web: Web
) -> None:
    server.pages |= {"/a": answers(200, b"x" * MEGABYTE), "/b": answers(200, b"x" * (MEGABYTE + 1))}
    assert len((await web.get(server.url("/a"), most=MEGABYTE)).body) == MEGABYTE
    with pytest.raises(WebError, match="too large"):
        await web.get(server.url("/b"), most=MEGABYTE)
