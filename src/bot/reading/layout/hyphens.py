"""The lines of a paragraph become one text, and words that a line end has cut are whole again."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.reading.layout.wraps import WIDE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# pdfium's sign for a hyphen at the end of a line, the rest of the word following at once.
HYPHEN = "\ufffe"

_WORD_END, _WORD_START = re.compile(r"[^\W\d_]+\Z"), re.compile(r"[^\W\d_]+")
_LONGEST = 40


def joined(lines: Sequence[str]) -> str:
    """One text; where a word may have been cut stands `HYPHEN`."""
    text = " ".join(lines)
    if "- " not in text and (text.isascii() or not (HYPHEN in text or WIDE.search(text))):
        return text
    text = lines[0]
    for line in lines[1:]:
        if text.endswith("-") and line[0].islower():
            text = text[:-1] + HYPHEN + line
        elif text.endswith(HYPHEN) or (WIDE.match(text[-1]) and WIDE.match(line[0])):
            text += line
        else:
            text += f" {line}"
    return text


def unhyphened(texts: list[str]) -> list[str]:
    """Words joined at line ends, unless the document writes them with a hyphen elsewhere."""
    cut = {index: text.split(HYPHEN) for index, text in enumerate(texts) if HYPHEN in text}
    pairs = {pair for pieces in cut.values() for pair in _pairs(pieces)}
    written = pairs & {pair for text in texts if pairs for pair in _pairs(text.split("-"))}
    whole = list(texts)
    for index, pieces in cut.items():
        whole[index] = pieces[0]
        for piece, (left, right) in zip(pieces[1:], _pairs(pieces), strict=True):
            kept = not (left and right) or (left, right) in written
            whole[index] += ("-" if kept else "") + piece
    return whole


def _pairs(pieces: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The letters before and after each cut, in lower case."""
    for before, after in pairwise(pieces):
        head, tail = _WORD_END.search(before[-_LONGEST:]), _WORD_START.match(after)
        yield head[0].lower() if head else "", tail[0].lower() if tail else ""
