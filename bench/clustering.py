"""How well clusters agree with events, and the usual way to make them."""

from __future__ import annotations

from collections import Counter
from dataclasses import astuple, dataclass
from math import log
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_array

from bot.words.tokens import stemmer, stopwords, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from bench.events import Labelled

    Matrix = np.ndarray[Any, np.dtype[np.float64]]
    Numbers = np.ndarray[Any, np.dtype[np.int64]]
    Join = Callable[[Matrix, Numbers, int], tuple[float, int]]

THRESHOLDS = [step / 50 for step in range(3, 25)]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision, recall and F1 of pairs, B-cubed F1 (Bagga and Baldwin, 1998), and the share of
    events of several entries that are one cluster with nothing else in it."""

    precision: float
    recall: float
    f1: float
    b_cubed: float
    told_once: float

    def row(self) -> str:
        return "  ".join(f"{value:6.3f}" for value in astuple(self))


HEADING = "  ".join(f"{name:>6}" for name in ("prec", "recall", "F1", "B3 F1", "once"))


def agreement(events: Sequence[Hashable], clusters: Sequence[Hashable]) -> Agreement:
    sizes, found = Counter(events), Counter(clusters)
    both = Counter(zip(events, clusters, strict=True))
    together = sum(map(_pairs, both.values()))
    precision = together / (sum(map(_pairs, found.values())) or 1)
    recall = together / (sum(map(_pairs, sizes.values())) or 1)
    many = len(events)
    b_precision = sum(n * n / found[cluster] for (_, cluster), n in both.items()) / many
    b_recall = sum(n * n / sizes[event] for (event, _), n in both.items()) / many
    several = [event for event, size in sizes.items() if size > 1]
    whole = {event for (event, cluster), n in both.items() if n == sizes[event] == found[cluster]}
    once = sum(event in whole for event in several) / (len(several) or 1)
    return Agreement(precision, recall, _f1(precision, recall), _f1(b_precision, b_recall), once)


def mean(found: Sequence[Agreement]) -> Agreement:
    columns = zip(*map(astuple, found), strict=True)
    return Agreement(*(sum(column) / len(found) for column in columns))


def baseline(sets: Sequence[Sequence[Labelled]]) -> tuple[str, Agreement]:
    """TF-IDF cosine of stems (words of a dictionary in Chinese) with one threshold.

    Each entry joins its likest predecessor, or the story with the likest centroid, whichever is
    better; the threshold is the best by hindsight, and idf knows the whole set beforehand.
    """
    matrices = [_cosines(entries) for entries in sets]
    events = [[entry.event for entry in entries] for entries in sets]
    best: tuple[str, Agreement] | None = None
    for name, join in (("predecessor", _likest), ("centroid", _centroid)):
        for threshold in THRESHOLDS:
            found = mean([
                agreement(truth, _single_pass(cosines, threshold, join))
                for truth, cosines in zip(events, matrices, strict=True)
            ])  # fmt: skip
            if best is None or found.f1 > best[1].f1:
                best = (f"{name}, {threshold:.2f}", found)
    assert best is not None
    return best


def _single_pass(cosines: Matrix, threshold: float, join: Join) -> list[int]:
    """Clusters are numbered by their first entry."""
    clusters = np.zeros(len(cosines), dtype=int)
    for entry in range(len(cosines)):
        likeness, cluster = join(cosines, clusters, entry) if entry else (0.0, 0)
        clusters[entry] = cluster if likeness >= threshold else entry
    return [int(cluster) for cluster in clusters]


def _likest(cosines: Matrix, clusters: Numbers, entry: int) -> tuple[float, int]:
    before = int(cosines[entry, :entry].argmax())
    return float(cosines[entry, before]), int(clusters[before])


def _centroid(cosines: Matrix, clusters: Numbers, entry: int) -> tuple[float, int]:
    """The length of a sum of vectors follows from their products with one another."""
    known = clusters[:entry]
    shared = np.bincount(known, weights=cosines[entry, :entry], minlength=entry)
    one = known[:, None] == known[None, :]
    squares = np.bincount(known, weights=(cosines[:entry, :entry] * one).sum(1), minlength=entry)
    likeness = shared / np.sqrt(np.maximum(squares, 1e-9))
    return float(likeness.max()), int(likeness.argmax())


def _cosines(entries: Sequence[Labelled]) -> Matrix:
    counts = [_counts(entry) for entry in entries]
    frequency = Counter(term for each in counts for term in each)
    place = {term: number for number, term in enumerate(frequency)}
    rows, columns, weights = [], [], []
    for row, each in enumerate(counts):
        for term, count in each.items():
            rows.append(row)
            columns.append(place[term])
            weights.append((1 + log(count)) * log(len(entries) / frequency[term]))
    matrix = csr_array((weights, (rows, columns)), shape=(len(entries), len(place)))
    lengths = np.sqrt((matrix * matrix).sum(axis=1))
    dense: Matrix = (matrix @ matrix.T).toarray() / np.maximum(np.outer(lengths, lengths), 1e-9)
    return dense


def _counts(entry: Labelled) -> Counter[str]:
    stem, stop = stemmer(entry.language), stopwords(entry.language)
    words = tokens(f"{entry.title} {entry.text}")
    return Counter(stem(word) for word in words if word not in stop)


def _pairs(many: int) -> int:
    return many * (many - 1) // 2


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / ((precision + recall) or 1)
