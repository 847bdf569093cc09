"""The bytes of a feed as text, whatever their encoding is said to be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import webencodings

from bot.words import encodings

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD_BYTES = 1024
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']\s*([\w.:-]{1,40})")
_BROKEN = "\ufffd"
# A text in which so many characters stand for each broken one is in that encoding, but damaged.
_SOUND_PER_BROKEN = 20
_ASCII_PER_LETTER = 10
_SAMPLE_BYTES = 4_000
# What no XML holds, nor any text worth showing.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
# Single bytes that Latin-1 has no letters for mean those of Windows, also as `&#146;`.
WINDOWS = {byte: bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}


def decode(data: bytes, charset: str | None) -> str:
    """The text; UTF-8 goes before what the XML declares, and that before the server's `charset`.

    A wrong declaration is common, and text in another encoding that is UTF-8 by accident is not.
    """
    wide = encodings.marked(data)
    if wide is not None:
        return _clean(data.decode(wide, "replace"))
    text = data.decode(errors="replace")
    if not _sound(text):
        text = next(_as_declared(data, charset), None) or _guessed(data, text)
    return _clean(text)


def _guessed(data: bytes, text: str) -> str:
    """Few bytes beyond ASCII are Western letters; many are worth a slow look at a sample."""
    if text.count(_BROKEN) * _ASCII_PER_LETTER < len(text):
        return data.decode("cp1252", "replace")
    sample = data[:_SAMPLE_BYTES]
    found = encodings.guess(sample[: sample.rfind(b"<")] if b"<" in sample else sample)
    return data.decode(found, "replace") if found else text


def _as_declared(data: bytes, charset: str | None) -> Iterator[str]:
    found = _DECLARED.search(data[:_HEAD_BYTES])
    for label in (found[1].decode() if found else None, charset):
        encoding = webencodings.lookup(label.strip()) if label else None
        if encoding is not None and encoding.name not in {"utf-8", "replacement"}:
            text = encoding.codec_info.decode(data, "replace")[0]
            if _sound(text):
                yield text


def _sound(text: str) -> bool:
    broken = text.count(_BROKEN)
    if not broken:
        return True
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return beyond_ascii > broken * _SOUND_PER_BROKEN


def _clean(text: str) -> str:
    text = text.lstrip("\ufeff \t\r\n")
    if _UNFIT.search(text) is None:
        return text
    return _UNFIT.sub("", text.translate(WINDOWS))
