"""Spans: where a piece of a text begins and ends, in code points."""

from __future__ import annotations

Span = tuple[int, int]

_UNSEEN = frozenset("\ufeff\u200b\u200e\u200f\u2060\x00")


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space and characters nobody sees at either end."""
    while start < end and (text[start].isspace() or text[start] in _UNSEEN):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _UNSEEN):
        end -= 1
    return start, end
