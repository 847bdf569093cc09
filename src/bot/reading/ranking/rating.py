"""Our ratings, apart from sumy, which brings 65 MB of other libraries along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.reading.ranking.diverse import marginal
from bot.reading.ranking.features import Features
from bot.reading.ranking.scorer import learned, score

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bot.reading.ranking.passages import Passages


def rate(passages: Passages) -> NDArray[Any]:
    """(n,) ratings, the best the highest; linear in the length of the text."""
    features = Features(passages)
    weights = learned()
    return marginal(score(features, weights), features.rows, weights.repetition)
