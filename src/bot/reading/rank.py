"""The roll of ranking methods: ours and sumy's, behind sumy's interface; runs in the child only."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from bot.errors import UserError
from bot.reading.ranking.passages import Passages

DEFAULT = "quipwire"

Method = Callable[[Passages], Sequence[float]]


def rank(passages: Passages, method: str = DEFAULT) -> list[float]:
    """A score for each sentence, from 0 to 1; one that was not compared has 0.

    Raises a UserError for a method that is not in the roll.
    """
    score = METHODS.get(method)
    if score is None:
        names = ", ".join(METHODS)
        raise UserError(
            "There is no method {method}; there are {names}.", method=method, names=names
        )
    return _scaled(score(passages)) if passages.sentences else []


def _scaled(scores: Sequence[float]) -> list[float]:
    if not all(map(math.isfinite, scores)):
        return _falling(len(scores))
    low, high = min(scores), max(scores)
    return [(float(score) - low) / (high - low) if high > low else 1.0 for score in scores]


def _quipwire(passages: Passages) -> Sequence[float]:
    from bot.reading.ranking.rating import rate  # noqa: PLC0415 - heavy

    ratings: list[float] = rate(passages).tolist()
    return ratings


def _sumy(module: str, name: str) -> Method:
    def score(passages: Passages) -> Sequence[float]:
        from bot.reading.ranking import summarizers  # noqa: PLC0415 - heavy

        return summarizers.of_sumy(module, name, passages)

    return score


def _lead(passages: Passages) -> Sequence[float]:
    return _falling(len(passages))


def _falling(count: int) -> list[float]:
    return [1.0 - index / count for index in range(count)]


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "quipwire": _quipwire,
        "lex-rank": _sumy("lex_rank", "LexRankSummarizer"),
        "lead": _lead,
        "text-rank": _sumy("text_rank", "TextRankSummarizer"),
        "lsa": _sumy("lsa", "LsaSummarizer"),
        "luhn": _sumy("luhn", "LuhnSummarizer"),
        "sum-basic": _sumy("sum_basic", "SumBasicSummarizer"),
        "kl-sum": _sumy("kl", "KLSummarizer"),
        "edmundson": _sumy("edmundson", "EdmundsonSummarizer"),
        "reduction": _sumy("reduction", "ReductionSummarizer"),
    }
)
