"""Which topic a headline belongs to: by its feed, unless its own words speak for another."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from bot.words.folding import fold
from bot.words.script import CJK, RUN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.models.feeds import Entry

# What a word speaks for its topic, by where it stands.
CATEGORY, TITLE, LEAD = 3, 2, 1
LEAD_CHARS = 300
# Feeds filed under a topic are mostly about it; what is filed under the world is about anything.
FILED, GENERAL = 4, 1
GENERAL_TOPIC = "world"
# Expressions of so many words, or of so many characters where there are no blanks.
MOST_WORDS, MOST_CHARS = 3, 6

_PIECES = re.compile(rf"([{CJK}]+)|({RUN})")


def topic_of(entry: Entry, filed: str, words: Mapping[str, str]) -> str:
    """The topic that most speaks for; `words` maps lower-case words to topics, `filed` is the
    feed's own.
    """
    votes = Counter({filed: GENERAL if filed == GENERAL_TOPIC else FILED})
    for text, weight in (
        ("\n".join(entry.categories), CATEGORY), (entry.title, TITLE),
        (entry.text[:LEAD_CHARS], LEAD),
    ):  # fmt: skip
        for word in set(_expressions(fold(text))) & words.keys():
            votes[words[word]] += weight
    best, most = votes.most_common(1)[0]
    return filed if votes[filed] == most else best


def filed_under(entries: Sequence[Entry], words: Mapping[str, str]) -> str:
    """The topic that at least half of a feed is about, or the world."""
    topics = Counter(topic_of(entry, GENERAL_TOPIC, words) for entry in entries)
    best, most = topics.most_common(1)[0] if topics else (GENERAL_TOPIC, 0)
    return best if most * 2 >= len(entries) else GENERAL_TOPIC


def _expressions(text: str) -> Iterator[str]:
    """All runs of a few words or characters, and those in the plural in the singular, too."""
    line: list[str] = []
    for run, word in _PIECES.findall(text):
        if run:
            line.clear()
            yield from _parts(run)
            continue
        line.append(word)
        for length in range(1, min(len(line), MOST_WORDS) + 1):
            expression = " ".join(line[-length:])
            yield expression
            yield expression.removesuffix("s")


def _parts(run: str) -> Iterator[str]:
    for start in range(len(run)):
        for length in range(1, MOST_CHARS + 1):
            yield run[start : start + length]
