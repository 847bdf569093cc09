"""Near-duplicates among short texts: the same joke in other punctuation, with a word changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.words.folding import fold
from bot.words.script import CJK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHINGLE = 3
_LETTERS = re.compile(r"[^\W_]+")
_WIDE = re.compile(f"[{CJK}]")


def shingles(text: str) -> frozenset[str]:
    """Runs of characters without case, spaces or punctuation: three, in Chinese two (Broder)."""
    plain = " ".join(_LETTERS.findall(fold(text)))
    size = _SHINGLE - 1 if _WIDE.search(plain) else _SHINGLE
    return frozenset(plain[at : at + size] for at in range(max(1, len(plain) - size + 1)))


def likeness(left: frozenset[str], right: frozenset[str]) -> float:
    """Jaccard's measure of two sets of shingles, from 0 to 1."""
    shared = len(left & right)
    return shared / ((len(left) + len(right) - shared) or 1)


def alike(texts: Sequence[str], at_least: float) -> Iterator[tuple[int, int, float]]:
    """The pairs of indexes whose texts are at least that much alike; 500 texts take a second."""
    sets = [shingles(text) for text in texts]
    for second, right in enumerate(sets):
        for first, left in enumerate(sets[:second]):
            if min(len(left), len(right)) < at_least * max(len(left), len(right)):
                continue
            measure = likeness(left, right)
            if measure >= at_least:
                yield first, second, measure
