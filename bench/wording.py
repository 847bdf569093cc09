"""Which words the ranker may learn to weigh: those that whole sets of documents have in common."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from bench.corpus import DECIDES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.reading.ranking.terms import Terms

# A word is common in a set if a tenth of its documents have it, and tried if enough have it at all:
# names, years and topics of one day are not learned.
COMMON, FEWEST = 0.1, 20
TRIED = 1400
_DIGIT = re.compile(r"\d")


def common(sets: Mapping[str, Sequence[Terms]]) -> dict[str, int]:
    """The words that are commonest in any set that decides, and how many they are common in."""
    shares: defaultdict[str, float] = defaultdict(float)
    documents: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for many in sets.values():
        if len(many) < DECIDES:
            continue
        here = Counter(
            word for terms in many for word in set(terms.plain) if not _DIGIT.search(word)
        )
        documents.update(here)
        for word, count in here.items():
            shares[word] = max(shares[word], count / len(many))
            found[word] += count >= COMMON * len(many)
    known = [word for word in found if found[word] and documents[word] >= FEWEST]
    known.sort(key=lambda word: (-shares[word], word))
    return {word: found[word] for word in known[:TRIED]}
