"""A linear scorer whose weights lean with the kind of text; learned by `python -m bench.learn`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from bot.reading.ranking.features import Features

    Vector = NDArray[np.float64]

WEIGHTS = "weights.toml"
_MOST_DEVIATIONS = 2.5


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature of a sentence weighs, and how much more for each kind of text.

    `kinds` holds the mean and deviation by which a text's kinds are standardised; `leaning` the
    weights by kind, then by feature; `words` what it weighs to have a word. `repetition` is what a
    full likeness to a sentence already chosen costs.
    """

    sentences: Mapping[str, float]
    kinds: Mapping[str, tuple[float, float]]
    leaning: Mapping[str, Mapping[str, float]]
    words: Mapping[str, float]
    repetition: float

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> Weights:
        """As the file of weights has them."""
        return cls(
            sentences=found["sentences"],
            kinds={
                name: (kind["mean"], kind["deviation"]) for name, kind in found["kinds"].items()
            },
            leaning={name: kind["leaning"] for name, kind in found["kinds"].items()},
            words=found["words"],
            repetition=found["repetition"],
        )


@cache
def learned() -> Weights:
    """The weights beside this module."""
    return Weights.of(tomllib.loads((files(__package__) / WEIGHTS).read_text("utf-8")))


def score(features: Features, weights: Weights) -> Vector:
    """(n,) how much each sentence is worth by itself."""
    effective = dict(weights.sentences)
    for name, (mean, deviation) in weights.kinds.items():
        kind = lean(features.kind[name], mean, deviation)
        for feature, weight in weights.leaning[name].items():
            effective[feature] = effective.get(feature, 0.0) + kind * weight
    columns = features.sentences
    total = np.zeros(len(features.passages))
    for feature, weight in effective.items():
        total += weight * columns[feature]
    if weights.words:
        held = features.terms.holding(list(weights.words))
        total += held @ np.array(list(weights.words.values()))
    return total


def lean(value: float, mean: float, deviation: float) -> float:
    """A kind as a standard score; an odd text leans no further than the oddest it was taught."""
    return min(max((value - mean) / deviation, -_MOST_DEVIATIONS), _MOST_DEVIATIONS)
