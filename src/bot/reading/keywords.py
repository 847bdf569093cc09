"""The few words that a text is about."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

from bot.words.tokens import stemmer, stopwords, tokens

MOST = 8
_READ_CHARS = 200_000
_WINDOW = 40
_SHORTEST, _SHORTEST_WIDE = 3, 2


def keywords(text: str, language: str, most: int = MOST) -> tuple[str, ...]:
    """The weightiest words, best first, each as the text mostly writes it (in lower case).

    The weight is a word's count times the logarithm of how rare it is among stretches of forty
    words (TF-ISF); of equal ones the longer goes first, as it is mostly the rarer one. Forms with
    one stem count together. Of long texts only the beginning is read.
    """
    stem, stops = stemmer(language), stopwords(language)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    spread: Counter[str] = Counter()
    windows = _windows(text[:_READ_CHARS])
    for window in windows:
        found = [(stem(word), word) for word in window if _tells(word) and word not in stops]
        for root, word in found:
            forms[root][word] += 1
        spread.update({root for root, _ in found})
    weights = {
        root: written.total() * math.log((len(windows) + 1) / spread[root])
        for root, written in forms.items()
    }
    best = sorted(weights, key=lambda root: (-weights[root], -len(root), root))[:most]
    return tuple(forms[root].most_common(1)[0][0] for root in best)


def _windows(text: str) -> list[list[str]]:
    words = tokens(text)
    return [words[start : start + _WINDOW] for start in range(0, len(words), _WINDOW)]


def _tells(word: str) -> bool:
    shortest = _SHORTEST if word.isascii() else _SHORTEST_WIDE
    return len(word) >= shortest and not any(char.isdigit() for char in word)
