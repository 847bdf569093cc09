"""The bytes of a feed as text, whatever their encoding is said to be."""

from __future__ import annotations

import codecs
import re

import webencodings

from bot.words import encodings

_HEAD_BYTES = 1024
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']\s*([\w.:-]{1,40})")
# A text in which so many letters stand for each broken one is in that encoding, but damaged: UTF-8
# by accident is rare.
_SOUND_PER_BROKEN, _UTF8_PER_BROKEN = 20, 4
# Bytes that are no UTF-8, as Python keeps them; a single one after a Latin letter is of Windows.
_NOT_UTF8 = re.compile("[\udc80-\udcff]+")
_STRAY = re.compile("(?<=[A-Za-z])[\udc80-\udcff](?![\udc80-\udcff])")
# A guess looks at so much, from a little before the first byte that is not ASCII.
_SAMPLE_BYTES, _BEFORE = 4_000, 1_000
_NOT_ASCII = re.compile(rb"[\x80-\xff]+")
_EVERY_BYTE = bytes(range(256))
# Western letters stand alone between ASCII; those of other scripts follow one another.
_ALONE = 2
# What no XML holds, nor any text worth showing.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_BYTES = re.compile("[\x80-\xff]+")
# Single bytes that Latin-1 has no letters for mean those of Windows, also as `&#146;`.
WINDOWS = {byte: bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}


def decode(data: bytes, charset: str | None) -> str:
    """The text; UTF-8 goes before what the XML declares, and that before the server's `charset`.

    A wrong declaration is common, and text in another encoding that is UTF-8 by accident is not.
    """
    marked = encodings.marked(data)
    if marked is not None and marked != "utf-8":
        return _text(data.decode(marked, "replace"))
    text = data.decode(errors="surrogateescape")
    broken = _NOT_UTF8.findall(text)
    sound = _letters(text) - len("".join(broken))
    if broken and not marked and sound < len(broken) * _UTF8_PER_BROKEN:
        return _text(_as_declared(data, charset) or _guessed(data))
    return _text(_mended(text) if broken else text)


def _mended(text: str) -> str:
    """Of what is no UTF-8 in a text that is."""
    text = _STRAY.sub(lambda byte: chr(ord(byte[0]) - 0xDC00).translate(WINDOWS), text)
    return _NOT_UTF8.sub("\ufffd", text)


def _guessed(data: bytes) -> str:
    """By a look at where it stops being ASCII; Western letters where that tells nothing."""
    return data.decode(encodings.guess(_sample(data)) or "cp1252", "replace")


def _as_declared(data: bytes, charset: str | None) -> str | None:
    """Many a feed says Latin-1 because nobody said anything: then its letters must look Western."""
    found = _DECLARED.search(data[:_HEAD_BYTES])
    for label in (found[1].decode() if found else None, charset):
        codec = _codec(label.strip()) if label else None
        if codec is None or codec.name in {"utf-8", "replacement"}:
            continue
        text = codec.decode(data, "replace")[0]
        if _sound(text) and (codec.name != "cp1252" or _looks_western(data)):
            return text
    return None


def _codec(label: str) -> codecs.CodecInfo | None:
    """Of a label that the web knows; else of one that DOS or the Mac had for their letters."""
    encoding = webencodings.lookup(label)
    if encoding is not None:
        found: codecs.CodecInfo = encoding.codec_info
        return found
    try:
        letters = _EVERY_BYTE.decode(label, "replace")
    except (LookupError, ValueError):
        return None
    return codecs.lookup(label) if letters[:128] == _EVERY_BYTE[:128].decode() else None


def _looks_western(data: bytes) -> bool:
    runs = _NOT_ASCII.findall(_sample(data))
    return sum(map(len, runs)) < _ALONE * len(runs)


def _sample(data: bytes) -> bytes:
    told, first = _DECLARED.match(data), _NOT_ASCII.search(data)
    start = max(told.end() if told else 0, first.start() - _BEFORE if first else 0)
    sample = data[start : start + _SAMPLE_BYTES]
    # Half a character at the end would count against the right encoding.
    return sample[: sample.rfind(b"<")] if b"<" in sample[_BEFORE:] else sample


def _sound(text: str) -> bool:
    broken = text.count("\ufffd")
    return not broken or _letters(text) > broken * _SOUND_PER_BROKEN


def _letters(text: str) -> int:
    """Those beyond ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))


def _text(decoded: str) -> str:
    return cleaned(decoded.lstrip("\ufeff \t\r\n"))


def cleaned(text: str) -> str:
    """Without what no text holds; bytes that were taken for letters become what they mean."""
    if _UNFIT.search(text) is None:
        return text
    return _UNFIT.sub("", _BYTES.sub(_meant, text))


def _meant(match: re.Match[str]) -> str:
    """UTF-8 that was read as Latin-1, or single bytes of Windows."""
    try:
        return match[0].encode("latin-1").decode()
    except UnicodeError:
        return match[0].translate(WINDOWS)
