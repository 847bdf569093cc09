"""Ranking behind sumy's interface: our own summarizer, and sumy's on our sentences and words.

sumy's own tokenizer wants data that it would download; its methods only want words.
"""

from __future__ import annotations

import math
import re
import warnings
from collections import Counter
from importlib import import_module
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers._summarizer import AbstractSummarizer

from bot.reading.keywords import keywords
from bot.reading.ranking.passages import Passages
from bot.reading.ranking.rating import rate
from bot.words.script import CJK, RUN
from bot.words.tokens import stemmer, stopwords, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# sumy compares each sentence with each other one in Python: 300 take half a second, 5,000 take
# a hundred. Of longer texts its methods only compare the sentences nearest to the whole's words.
MOST_COMPARED = 300

# Edmundson's method wants at least one word of each sort.
_NO_WORD = ("—",)
_TERM = re.compile(rf"(?=([{CJK}]{{2}}))[{CJK}]|{RUN}")


class QuipwireSummarizer(AbstractSummarizer):  # type: ignore[misc]
    """Our ranker, wherever a summarizer of sumy's is used.

    It reads a document's paragraphs and its first heading, which is taken for the title.
    """

    def __init__(self, language: str) -> None:
        """`language` is a tag like `en` or `zh`."""
        super().__init__()
        self._language = language

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        """The best sentences in the order of the document, as sumy's own summarizers give them."""
        placed = [
            (sentence, number)
            for number, paragraph in enumerate(document.paragraphs)
            for sentence in paragraph.sentences
        ]
        if not placed:
            return ()
        title = next((str(heading) for heading in document.headings), "")
        texts, paragraphs = [str(sentence) for sentence, _ in placed], [at for _, at in placed]
        found = rate(Passages(texts, paragraphs, self._language, title))
        rated = dict(zip((sentence for sentence, _ in placed), found, strict=True))
        best: tuple[Any, ...] = self._get_best_sentences(document.sentences, sentences_count, rated)
        return best


def ratings(summarizer: Any, passages: Passages) -> list[float]:
    """All ratings: sumy lets a callable in the place of a count see the rated sentences."""
    found = [0.0] * len(passages)

    def see(infos: Sequence[Any]) -> tuple[()]:
        for info in infos:
            found[info.order] = float(info.rating)
        return ()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a text too short for its method, and of 0/0
        summarizer(_document(passages), see)
    return found


def of_sumy(module: str, name: str, passages: Passages) -> list[float]:
    """The ratings of a summarizer of sumy's; one that was not compared is below all others."""
    summarizer = getattr(import_module(f"sumy.summarizers.{module}"), name)(
        stemmer(passages.language)
    )
    compared = _nearest(passages)
    some = passages.only(compared)
    _prepare(summarizer, some)
    rated = ratings(summarizer, some)
    found = [min(rated, default=0.0) - 1.0] * len(passages)
    for index, value in zip(compared, rated, strict=True):
        found[index] = value
    return found


def _prepare(summarizer: Any, passages: Passages) -> None:
    """Give a summarizer the words it asks for; Edmundson's cues are the text's own keywords."""
    stops = stopwords(passages.language)
    summarizer.stop_words, summarizer.null_words = stops, stops or _NO_WORD
    if hasattr(summarizer, "bonus_words"):
        words = keywords(" ".join(passages.sentences), passages.language)
        summarizer.bonus_words, summarizer.stigma_words = words or _NO_WORD, _NO_WORD


def _nearest(passages: Passages) -> list[int]:
    """The indexes of the sentences nearest to the centroid of all (Radev et al., 2004).

    Only words between spaces and pairs of Chinese characters are counted here: cutting and
    stemming the words of a whole book takes longer than ranking what is left of it.
    """
    if len(passages) <= MOST_COMPARED:
        return list(range(len(passages)))
    stops = stopwords(passages.language)
    kept = [set(_terms(sentence)) - stops for sentence in passages.sentences]
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


def _document(passages: Passages) -> Any:
    """As sumy models a text: a title, then paragraphs of sentences."""
    tokenizer = _Words()
    paragraphs = [[Sentence(passages.title, tokenizer, is_heading=True)]] if passages.title else []
    numbered = zip(passages.paragraphs, passages.sentences, strict=True)
    for _, group in groupby(numbered, key=lambda pair: pair[0]):
        paragraphs.append([Sentence(text, tokenizer) for _, text in group])
    return ObjectDocumentModel(map(Paragraph, paragraphs))


class _Words:
    """The tokenizer that sumy's sentences ask."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(tokens(sentence))
