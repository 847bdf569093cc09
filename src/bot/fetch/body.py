"""The body of an answer, read piece by piece and never further than it may be."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING

from bot.errors import WebError
from bot.fetch import coding, failures

if TYPE_CHECKING:
    from aiohttp import ClientResponse

# Packing may make what can't be packed a little larger.
_SLACK_BYTES = 64 * 1024


async def read(response: ClientResponse, host: str, most: int) -> bytes:
    """All of it, unpacked; a WebError if that is more than `most` bytes."""
    decoder = coding.decoder(",".join(response.headers.getall("Content-Encoding", [])))
    if decoder is None:
        raise WebError(failures.PACKED, host=host)
    if (response.content_length or 0) > most + _SLACK_BYTES:
        raise _too_large(host, most)
    body, packed = io.BytesIO(), 0
    async for chunk in response.content.iter_any():
        packed += len(chunk)
        for piece in decoder.feed(chunk):
            body.write(piece)
            if body.tell() > most:
                raise _too_large(host, most)
            # One chunk may unpack to megabytes, and somebody may be waiting for a joke.
            await asyncio.sleep(0)
        if packed > most + _SLACK_BYTES:
            raise _too_large(host, most)
    decoder.close()
    return body.getvalue()


def _too_large(host: str, most: int) -> WebError:
    return WebError(
        "That page of {host} is too large: {most} MB at most are read.",
        host=host, most=f"{most / 2**20:.3g}",
    )  # fmt: skip
