"""How many of the ranked sentences make a summary of a wished length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.words.count import count_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models.reading import Sentence
    from bot.models.summaries import Length


def select(ranked: Sequence[Sentence], length: Length) -> tuple[Sentence, ...]:
    """The best sentences in the order of the source; at least one where there is any.

    The sentence that crosses a budget of words is kept if that lands closer to it.
    """
    count = length.count if length.unit == "sentences" else _within(ranked, length.count)
    return tuple(sorted(ranked[:count], key=lambda sentence: sentence.start))


def _within(ranked: Sequence[Sentence], budget: int) -> int:
    total = 0
    for index, sentence in enumerate(ranked):
        words = count_words(sentence.text)
        if total + words >= budget:
            closer = total + words - budget < budget - total
            return index + 1 if closer or index == 0 else index
        total += words
    return len(ranked)
