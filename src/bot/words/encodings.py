"""Bytes of a text in any encoding: what a person saved long ago is still a text."""

from __future__ import annotations

import codecs
import re

# Longest first: UTF-32's mark begins like UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# East Asian e-mail of old is ASCII throughout, with these before its characters.
_ESCAPES = {b"\x1b$B": "iso2022_jp_ext", b"\x1b$@": "iso2022_jp_ext", b"\x1b$)C": "iso2022_kr"}
# Pages mean more by these names than Python does (WHATWG's Encoding Standard).
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030",
    "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip
_NOT_ISO = re.compile(b"[\x80-\x9f]")
# Next to nobody wrote in these, but a lonely dash or letter of Windows often looks like them.
_HARDLY_USED = ("iso8859-3", "iso8859-4", "iso8859-10", "iso8859-14", "iso8859-16")
_SOUND_PER_BROKEN = 100
_SAMPLE = 20_000
_SHOWN_PER_ODD = 10
# Guessing looks at the beginning only: of 20 MB it would take half a minute.
_GUESSED = 200_000


def decode(data: bytes) -> str | None:
    """The text untouched, a byte-order mark and line ends included; None if it is none."""
    encoding = marked(data) or "utf-8"
    try:
        if encoding == "utf-8":
            return data.decode()
        # Of a file that is cut, half a character at its end spoils nothing.
        return codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return _guessed(data) if encoding == "utf-8" else None


def is_binary(text: str) -> bool:
    """Whether what was decoded is no text after all: too much of it can't be shown."""
    sample = text[:_SAMPLE]
    odd = sum(not char.isprintable() and not char.isspace() for char in sample)
    return odd * _SHOWN_PER_ODD > len(sample)


def to_utf8(data: bytes, charset: str) -> bytes:
    """Text in the charset that is told of it, as UTF-8; untouched if that can't be true."""
    if escaped := _escaped(data):
        return data.decode(escaped, "replace").encode()
    if marked(data) or _is_utf8(data):
        return data
    try:
        text = data.decode(_wider(charset), "replace")
        broken = text.count("\ufffd")
        return text.encode() if broken * _SOUND_PER_BROKEN <= len(text) else data
    except (LookupError, UnicodeError):
        return data


def _wider(charset: str) -> str:
    name = codecs.lookup(charset).name
    return _WIDER.get(name, name)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def marked(data: bytes) -> str | None:
    """The encoding that a byte-order mark, the zeros of UTF-16 or an escape tell, if any."""
    found = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    return found or _wide(data) or _escaped(data)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark shows by a zero beside nearly each Latin letter."""
    sample = data[:_SAMPLE]
    for name, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if zeros.count(0) * 4 > len(sample):
            return name
    return None


def _escaped(data: bytes) -> str | None:
    if b"\x1b$" not in data or not data.isascii():
        return None
    return next((name for escape, name in _ESCAPES.items() if escape in data), None)


def guess(sample: bytes) -> str | None:
    """The encoding that a sample looks like; some milliseconds.

    Of short texts chardet tells more right than charset-normalizer does: Hebrew, KOI8-R, Polish.
    Its own supersets would take Latin-2 for Windows-1250; DOS is asked for only where it takes
    bytes for letters of ISO that has none for them.
    """
    from chardet import EncodingEra as Era  # noqa: PLC0415 - only here, and costs 100 ms
    from chardet import detect  # noqa: PLC0415

    found = None
    for eras in (Era.MODERN_WEB | Era.LEGACY_ISO, Era.MODERN_WEB | Era.DOS):
        found = detect(sample, encoding_era=eras, exclude_encodings=_HARDLY_USED)["encoding"]
        if found is None or not found.lower().startswith("iso") or not _NOT_ISO.search(sample):
            break
    return found and _wider(found)


def _guessed(data: bytes) -> str | None:
    sample = data[:_GUESSED]
    whole = sample if len(sample) == len(data) else sample[: sample.rfind(b"\n") + 1] or sample
    encoding = guess(whole)
    return None if encoding is None else data.decode(encoding, "replace")
