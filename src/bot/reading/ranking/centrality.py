"""How much each sentence shares with the others, without ever comparing two of them.

With Y the (n, v) matrix of normalised TF-ISF rows, all cosines are Y Yᵀ; a product with a vector
is Y (Yᵀ p), which is linear in the length of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]
    Matrix = NDArray[np.float64]

_DAMPING, _ROUNDS = 0.85, 20
_K1, _B = 1.2, 0.75
_BLOCKS = 16


def rarity(counts: sparse.csr_array) -> Vector:
    """(v,) the logarithm of how few sentences have a word (inverse sentence frequency)."""
    spread = np.bincount(counts.indices, minlength=counts.shape[1])
    rare: Vector = np.maximum(np.log((counts.shape[0] + 1) / (spread + 0.5)), 0.0)
    return rare


def weighted(counts: sparse.csr_array, rare: Vector) -> sparse.csr_array:
    """(n, v) rows of TF-ISF with length 1."""
    rows = counts.copy()
    rows.data = (1 + np.log(rows.data)) * rare[rows.indices]
    return normalised(rows)


def normalised(rows: sparse.csr_array) -> sparse.csr_array:
    """Rows of length 1; empty ones stay empty."""
    lengths = np.sqrt(rows.multiply(rows).sum(axis=1))
    scaled = rows.copy()
    scaled.data = scaled.data / np.repeat(np.where(lengths > 0, lengths, 1.0), np.diff(rows.indptr))
    return scaled


def lex_rank(rows: sparse.csr_array) -> Vector:
    """(n,) continuous LexRank (Erkan and Radev, 2004) by power iteration."""
    n = rows.shape[0]
    across = rows.T.tocsr()
    degree = rows @ rows.sum(axis=0)
    degree[degree == 0] = 1.0
    rank = np.full(n, 1 / n)
    for _ in range(_ROUNDS):
        rank = (1 - _DAMPING) / n + _DAMPING * (rows @ (across @ (rank / degree)))
    return rank


def bm25(counts: sparse.csr_array, rare: Vector) -> tuple[Vector, Vector]:
    """(n,) how well each sentence answers all others as queries, as TextRank's variant by Barrios
    et al. (2016) has it; and how well it answers each word asked once a square root."""
    size = counts.sum(axis=1)
    gain = counts.copy()
    length = np.repeat(1 - _B + _B * size / (size.mean() or 1.0), np.diff(counts.indptr))
    gain.data = gain.data * (_K1 + 1) / (gain.data + _K1 * length) * rare[gain.indices]
    itself = gain.multiply(counts).sum(axis=1)
    spread = np.bincount(counts.indices, minlength=counts.shape[1])
    return gain @ counts.sum(axis=0) - itself, gain @ np.sqrt(spread)


def by_block(rows: sparse.csr_array) -> tuple[Matrix, NDArray[np.int64]]:
    """(n, k) the mean cosine with each of up to 16 stretches of the text, and (n,) its own one.

    Before and after a sentence weigh differently: direction (Zheng and Lapata, 2019) at the cost
    of k products.
    """
    n = rows.shape[0]
    k = min(_BLOCKS, n)
    block = np.arange(n) * k // n
    chosen = sparse.csr_array((np.ones(n), (block, np.arange(n))), shape=(k, n))
    sums = (chosen @ rows).toarray()
    return rows @ sums.T, block
