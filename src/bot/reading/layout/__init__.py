"""Lines of printed pages become paragraphs and headings, by where they stand and how large."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from bot.reading.layout.columns import in_order
from bot.reading.layout.hyphens import joined, unhyphened
from bot.reading.layout.printed import LARGER, Printed, body_size
from bot.reading.layout.running import without_running_lines
from bot.reading.layout.wraps import carry_on

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Block", "Printed", "arrange"]

_MOST_LEVELS = 4
_HEADING_CHARS, _HEADING_LINES = 200, 4


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a heading if it has a level; `page` is where it begins, from 1."""

    text: str
    page: int
    level: int


def arrange(printed: Printed) -> tuple[str | None, list[Block]]:
    """The title, if one stands out on the first page, and the blocks in reading order."""
    lines = in_order(without_running_lines(printed))
    begins = [index for index, on in enumerate(carry_on(lines)) if not on]
    if not begins:
        return None, []
    parts = [lines.texts[begin:end] for begin, end in pairwise([*begins, len(lines.texts)])]
    sizes = np.rint(lines.size[begins]).tolist()
    ranks = _ranks(parts, sizes, body_size(lines))
    texts = unhyphened([joined(part) for part in parts])
    pages = (lines.page[begins] + 1).tolist()
    blocks = [Block(*each) for each in zip(texts, pages, ranks, strict=True)]
    return _title(blocks), blocks


def _ranks(parts: Sequence[Sequence[str]], sizes: Sequence[float], body: float) -> list[int]:
    """The larger the type, the higher the heading; 0 for a paragraph."""
    large = [
        size if size >= body * LARGER and _is_short(part) else None
        for part, size in zip(parts, sizes, strict=True)
    ]
    ranked = sorted({size for size in large if size is not None}, reverse=True)
    ranks = {size: min(rank, _MOST_LEVELS) for rank, size in enumerate(ranked, 1)}
    return [ranks.get(size, 0) if size is not None else 0 for size in large]


def _is_short(part: Sequence[str]) -> bool:
    return len(part) <= _HEADING_LINES and 2 < sum(map(len, part)) <= _HEADING_CHARS


def _title(blocks: Sequence[Block]) -> str | None:
    """The first of the largest on the first page."""
    first = [block for block in blocks if block.page == 1 and block.level]
    return min(first, key=lambda block: block.level).text if first else None
