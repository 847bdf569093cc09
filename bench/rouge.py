"""ROUGE-1, -2 and -L F1 as the package rouge-score has it, fast enough to search with.

Words are stemmed; of Chinese each character is a token, of anything else each run of letters and
digits. `check` compares with the package itself.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from nltk.stem.porter import PorterStemmer
from rouge_score import rouge_scorer, tokenizers

if TYPE_CHECKING:
    from collections.abc import Sequence

    Tokens = Sequence[str]

KINDS = ("rouge1", "rouge2", "rougeL")
_TOKEN = re.compile("[\u3400-\u9fff\uf900-\ufaff]|[a-z0-9]+")
_STEMMER = PorterStemmer()
_SHORTEST_STEMMED = 4


def tokenize(text: str) -> list[str]:
    """The tokens that are compared."""
    return [_stem(token) for token in _TOKEN.findall(text.lower())]


@cache
def _stem(token: str) -> str:
    return _STEMMER.stem(token) if len(token) >= _SHORTEST_STEMMED else token


class Reference:
    """A reference summary that others are compared with."""

    def __init__(self, text: str) -> None:
        """`text`: the summary as somebody wrote it."""
        self._text = text
        self._tokens = tokenize(text)
        self._words = Counter(self._tokens)
        self._pairs = Counter(_pairs(self._tokens))
        self._places: dict[str, int] = {}
        for at, token in enumerate(self._tokens):
            self._places[token] = self._places.get(token, 0) | 1 << at

    def matches(self, tokens: Tokens) -> tuple[int, int, int]:
        """How many words, pairs of words, and words in order are shared."""
        shared = (Counter(tokens) & self._words).total(), (Counter(_pairs(tokens)) & self._pairs)
        return shared[0], shared[1].total(), self._longest(tokens)

    def score(self, tokens: Tokens) -> float:
        """The mean F1 of the three kinds, from 0 to 1."""
        words, pairs, order = self.matches(tokens)
        sizes = len(tokens) + len(self._tokens)
        return (_ratio(words, sizes) + _ratio(pairs, sizes - 2) + _ratio(order, sizes)) / 3

    def check(self, summary: str) -> None:
        """Raises an AssertionError where the package finds another figure."""
        scorer = rouge_scorer.RougeScorer(list(KINDS), tokenizer=_Tokenizer())
        found = scorer.score(self._text, summary)
        theirs = sum(found[kind].fmeasure for kind in KINDS) / len(KINDS)
        ours = self.score(tokenize(summary))
        assert abs(ours - theirs) < 1e-9, (ours, theirs)

    def _longest(self, tokens: Tokens) -> int:
        """The longest common subsequence, all rows of a column at once (Hyyrö, 2004)."""
        whole = (1 << len(self._tokens)) - 1
        row = whole
        for token in tokens:
            met = row & self._places.get(token, 0)
            row = ((row + met) | (row - met)) & whole
        return len(self._tokens) - row.bit_count()


class _Tokenizer(tokenizers.Tokenizer):  # type: ignore[misc]
    def tokenize(self, text: str) -> list[str]:
        return tokenize(text)


def _pairs(tokens: Tokens) -> list[tuple[str, str]]:
    return list(pairwise(tokens))


def _ratio(shared: int, sizes: int) -> float:
    return 2 * shared / sizes if shared else 0.0
