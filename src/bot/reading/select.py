"""How many of the ranked sentences make a summary of a wished length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.words.count import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.models.reading import Sentence
    from bot.models.summaries import Length


# A summary that comes this near to its budget needs no other sentence.
_NEAR = 0.15


def select(ranked: Sequence[Sentence], length: Length) -> tuple[Sentence, ...]:
    """The best sentences in the order of the source; at least one where there is any.

    The sentence that crosses a budget of words is kept if that lands closer to it; if not, a
    shorter one further down the ranking may take its place.
    """
    chosen = ranked[: length.count]
    if length.unit == "words":
        chosen = list(_within(ranked, length.count))
    return tuple(sorted(chosen, key=lambda sentence: sentence.start))


def _within(ranked: Sequence[Sentence], budget: int) -> Iterator[Sentence]:
    total = 0
    for sentence in ranked:
        words = count_words(sentence.text)
        crosses = total + words >= budget
        if not crosses or not total or total + words - budget < budget - total:
            yield sentence
            total += words
        if total >= budget or (crosses and budget - total < _NEAR * budget):
            return
