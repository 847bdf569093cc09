"""The best sentences that don't say a thing twice: maximal marginal relevance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    Vector = NDArray[np.float64]

# No summary is longer; further down a sentence counts as if it repeated one already chosen.
_POOL = 400
# Two sentences that share so much say the same in other words: the second waits for all others.
_SAME, _SAME_COSTS = 0.6, 5.0


def marginal(scores: Vector, rows: sparse.csr_array, repetition: float) -> Vector:
    """(n,) what each sentence adds to those that were chosen before it (Carbonell, 1998).

    Chosen greedily, so that no sentence adds more than one before it: sorted by this they are in
    the order of choice.
    """
    values = scores - repetition
    pool = np.argsort(-scores, kind="stable")[:_POOL]
    likeness = (rows[pool] @ rows[pool].T).toarray()
    worth = scores[pool].copy()
    alike = np.zeros(len(pool))
    for _ in pool:
        best = int(worth.argmax())
        values[pool[best]] = worth[best]
        alike = np.maximum(alike, likeness[best])
        chosen = np.isneginf(worth)
        chosen[best] = True
        cost = repetition * alike + _SAME_COSTS * (alike >= _SAME)
        worth = np.where(chosen, -np.inf, scores[pool] - cost)
    return values
