"""The sums behind a ridge regression on few dense columns and many sparse ones: words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bot.reading.ranking.terms import Terms

    Vector = NDArray[np.float64]
    Matrix = NDArray[np.float64]


class Sums:
    """Products of all columns with each other and with what is to be explained, added up.

    Columns are centred within each document, so that only its sentences are compared; those of
    words stay sparse, and their means are taken off in the end.
    """

    def __init__(self, size: int, words: Sequence[str]) -> None:
        """`size`: how many columns are dense."""
        self._size, self._words = size, words
        whole = size + len(words)
        self._left, self._right = np.zeros((whole, whole)), np.zeros(whole)
        self._held: list[sparse.csr_array] = []
        self._means: list[Vector] = []

    def add(self, rows: Matrix, terms: Terms, worth: Vector, share: float) -> None:
        """A document: `rows` (n, size) are centred, `share` is what it counts."""
        size, each = self._size, share / len(rows)
        held = terms.holding(self._words)
        self._left[:size, :size] += each * rows.T @ rows
        self._left[:size, size:] += each * (held.T @ rows).T
        self._right[:size] += each * rows.T @ worth
        self._right[size:] += each * (held.T @ (worth - worth.mean()))
        self._held.append(held * np.sqrt(each))
        self._means.append(held.sum(axis=0) / len(rows) * np.sqrt(share))

    def solve(self, ridge: Vector, most: int) -> Vector:
        """The weights; of the words only so many have one, those that change the most."""
        size = self._size
        left = self._whole()
        cost = ridge * np.trace(left[:size, :size]) / size
        first = np.linalg.solve(left + np.diag(cost), self._right)
        changes = np.abs(first) * np.sqrt(np.diag(left))
        changes[:size] = np.inf
        kept = np.sort(np.argsort(-changes, kind="stable")[: size + most])
        found = np.zeros(len(first))
        some = left[np.ix_(kept, kept)] + np.diag(cost[kept])
        found[kept] = np.linalg.solve(some, self._right[kept])
        return found

    def _whole(self) -> Matrix:
        size, left = self._size, self._left.copy()
        held, means = sparse.vstack(self._held), np.array(self._means)
        left[size:, size:] = (held.T @ held).toarray() - means.T @ means
        left[size:, :size] = left[:size, size:].T
        return left
