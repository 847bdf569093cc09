"""Sentences ranked by sumy's methods, on our sentences and our words; runs in the child only.

sumy's own tokenizer wants data that it would download; its methods only want words.
"""

from __future__ import annotations

import math
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Any

from bot.errors import UserError
from bot.words.script import CJK, RUN
from bot.words.tokens import stemmer, stopwords, tokens

DEFAULT = "lex-rank"
# sumy compares each sentence with each other one in Python: 300 take half a second, 5,000 take
# a hundred. Of longer texts only the sentences nearest to the words of the whole are compared.
MOST_COMPARED = 300

_TERM = re.compile(rf"(?=([{CJK}]{{2}}))[{CJK}]|{RUN}")

Words = Mapping[str, Sequence[str]]
Method = Callable[[Sequence[str], Words, str], list[float]]


def rank(sentences: Sequence[str], language: str, method: str = DEFAULT) -> list[float]:
    """A score for each sentence, from 0 to 1; one that was not compared has 0.

    Raises a UserError for a method that is not in the roll.
    """
    score = METHODS.get(method)
    if score is None:
        names = ", ".join(METHODS)
        raise UserError(
            "There is no method {method}; there are {names}.", method=method, names=names
        )
    compared = _nearest(sentences, language)
    words = {sentences[index]: tokens(sentences[index]) for index in compared}
    scores = score([sentences[index] for index in compared], words, language)
    found = [0.0] * len(sentences)
    for index, value in zip(compared, _scaled(scores), strict=True):
        found[index] = value
    return found


def _nearest(sentences: Sequence[str], language: str) -> list[int]:
    """The indexes of the sentences nearest to the centroid of all (Radev et al., 2004).

    Only words between spaces and pairs of Chinese characters are counted here: cutting and
    stemming the words of a whole book takes longer than ranking what is left of it.
    """
    if len(sentences) <= MOST_COMPARED:
        return list(range(len(sentences)))
    stops = stopwords(language)
    kept = [set(_terms(sentence)) - stops for sentence in sentences]
    total = Counter(term for terms in kept for term in terms)
    nearness = [
        sum(math.log(total[term]) for term in terms) / (math.sqrt(len(terms)) or 1.0)
        for terms in kept
    ]
    best = sorted(range(len(kept)), key=lambda index: -nearness[index])[:MOST_COMPARED]
    return sorted(best)


def _terms(sentence: str) -> Iterator[str]:
    for match in _TERM.finditer(sentence.lower()):
        yield match[1] or match[0]


def _scaled(scores: Sequence[float]) -> list[float]:
    if not all(map(math.isfinite, scores)):
        return _lead(scores)
    low, high = min(scores, default=0.0), max(scores, default=0.0)
    return [(score - low) / (high - low) if high > low else 1.0 for score in scores]


def _lead(sentences: Sequence[Any], *_: object) -> list[float]:
    return [1.0 - index / len(sentences) for index in range(len(sentences))]


def _sumy(module: str, name: str) -> Method:
    def score(sentences: Sequence[str], words: Words, language: str) -> list[float]:
        summarizer = getattr(import_module(f"sumy.summarizers.{module}"), name)(stemmer(language))
        summarizer.stop_words = stopwords(language)
        return _ratings(summarizer, _document(sentences, words), len(sentences))

    return score


def _document(sentences: Sequence[str], words: Words) -> Any:
    from sumy.models.dom import (  # noqa: PLC0415 - heavy
        ObjectDocumentModel,
        Paragraph,
        Sentence,
    )

    tokenizer = _Words(words)
    return ObjectDocumentModel([Paragraph([Sentence(text, tokenizer) for text in sentences])])


def _ratings(summarizer: Any, document: Any, count: int) -> list[float]:
    """All ratings: sumy lets a callable in the place of a count see the rated sentences."""
    ratings = [0.0] * count

    def see(infos: Sequence[Any]) -> tuple[()]:
        for info in infos:
            ratings[info.order] = float(info.rating)
        return ()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a text too short for its method, and of 0/0
        summarizer(document, see)
    return ratings


class _Words:
    """The tokenizer that sumy's sentences ask for: it hands out words that are already cut."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(self._words[sentence])


METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "lex-rank": _sumy("lex_rank", "LexRankSummarizer"),
        "lead": _lead,
        "text-rank": _sumy("text_rank", "TextRankSummarizer"),
        "lsa": _sumy("lsa", "LsaSummarizer"),
        "luhn": _sumy("luhn", "LuhnSummarizer"),
        "sum-basic": _sumy("sum_basic", "SumBasicSummarizer"),
        "kl-sum": _sumy("kl", "KLSummarizer"),
        "reduction": _sumy("reduction", "ReductionSummarizer"),
    }
)
