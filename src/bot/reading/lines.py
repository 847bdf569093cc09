"""A text as its lines, each with its place: headings and wrapped paragraphs are told by lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.words.script import CJK
from bot.words.spans import trim

_LINE = re.compile(r"[^\r\n\u2028\u2029\f\v]+|\r\n|[\r\n\u2028\u2029\f\v]")
_WIDE = re.compile(f"[{CJK}]")
# No heading, title or wrapped line has as many characters: their columns make no difference.
_WIDE_ANYWAY = 200
_ENDING = re.compile(
    r"[.!?…。！？｡‼⁇⁈⁉؟۔।॥։።။།។\u037e](?:[\"'”’»›）)\]】」』*_“‘«‹]|[ \u00a0\u202f]»)*\Z"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it, trimmed: `source[start:end] == text`."""

    text: str
    start: int
    end: int
    after_blank: bool


def lines(text: str, most: int | None = None) -> list[Line]:
    """The lines that are not blank, or the first `most` of them."""
    found: list[Line] = []
    breaks = 2
    for match in _LINE.finditer(text):
        start, end = trim(text, match.start(), match.end())
        if start == end:
            breaks += match[0][0] in "\r\n\u2028\u2029\f\v"
            continue
        found.append(Line(text[start:end], start, end, breaks > 1))
        breaks = 0
        if len(found) == most:
            break
    return found


def ends_sentence(line: str) -> bool:
    """Whether a line ends with a full stop or the like, quotes and brackets after it included."""
    return _ENDING.search(line, max(0, len(line) - 8)) is not None


def has_wide(line: str) -> bool:
    """Whether a Chinese or Japanese character is in it."""
    return not line.isascii() and _WIDE.search(line) is not None


def width(line: str) -> int:
    """How wide a line is: a Chinese character takes two columns, but in a very long line one."""
    if line.isascii() or len(line) > _WIDE_ANYWAY:
        return len(line)
    return len(line) + _WIDE.subn("", line)[1]
