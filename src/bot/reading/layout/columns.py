"""Lines in columns, where the file goes to and fro between them, in the order of reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from bot.reading.layout.printed import Floats, Printed, Whole

_MANY_JUMPS = 6
_GRID = 4.0


def in_order(printed: Printed) -> Printed:
    """Column by column, on the pages whose lines jump; elsewhere as the file has them."""
    first = np.searchsorted(printed.page, np.arange(len(printed.heights) + 1))
    order = np.arange(len(printed.texts))
    for page in _jumping(printed).tolist():
        here = slice(first[page], first[page + 1])
        order[here] = first[page] + _by_columns(
            printed.left[here], printed.right[here], printed.foot[here]
        )
    return printed.take(order)


def _jumping(printed: Printed) -> Whole:
    """The pages on which the next line often stands higher, or right beside the one before."""
    left, right, foot, size = printed.left, printed.right, printed.foot, printed.size
    beside = (np.abs(np.diff(foot)) < size[:-1] / 2) & (left[1:] > right[:-1])
    jumps = printed.follows() & (beside | (foot[1:] > foot[:-1] + size[:-1]))
    counts = np.bincount(printed.page[1:][jumps], minlength=len(printed.heights))
    return np.flatnonzero(counts >= _MANY_JUMPS)


def _by_columns(left: Floats, right: Floats, foot: Floats) -> Whole:
    """Lines across the whole page part it into bands, each read column by column."""
    middle = _gutter(left, right)
    if middle is None:
        return np.arange(len(left))
    across = np.flatnonzero((left < middle) & (middle < right))
    across = across[np.argsort(-foot[across], kind="stable")]
    band = np.searchsorted(-foot[across], -foot, "right").astype(float)
    band[across] = np.arange(len(across)) + 0.5
    return np.lexsort((-foot, left >= middle, band))


def _gutter(left: Floats, right: Floats) -> float | None:
    """Where the right column begins, if few lines cross that place."""
    far = left[left > right.max() * 0.35]
    if not len(far):
        return None
    starts, counts = np.unique(np.rint(far / _GRID) * _GRID, return_counts=True)
    middle = float(starts[counts.argmax()]) - _GRID
    crossing = np.count_nonzero((left < middle) & (middle < right))
    alone = counts.max() * 4 >= len(left) and crossing * 4 <= len(left)
    return middle if alone else None
