"""What a new item is like: what stands on the shelves already, and where its like is filed."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.models.jokes import JokeEntry
from bot.store import likeness as rows
from bot.words.script import CJK, RUN
from bot.words.similar import likeness, shingles
from bot.words.stopwords import CHINESE, ENGLISH

if TYPE_CHECKING:
    from bot.models.acts import ItemEntry
    from bot.store.database import Connection, Database

# Jokes of which one has a word or two changed share more than half of their shingles.
ALIKE = 0.5
MOST_SHOWN = 2
MOST_QUERIES = 10
MOST_FOUND = 40
COMPARED_CHARS = 600
# A word that stands in a joke or two proves nothing.
DOUBT, SURE = 2, 0.5
_PIECES = re.compile(rf"[{CJK}]+|{RUN}")
_RUN = 3


async def near(db: Database, entry: ItemEntry, but: int | None = None) -> list[ItemEntry]:
    """What is nearly the same on the shelf, the most alike first; `but` is not looked at."""
    own = shingles(said(entry))

    def work(conn: Connection) -> list[ItemEntry]:
        found = rows.sharing(conn, entry, _queries(said(entry)), MOST_FOUND)
        return [each for item_id, each in found.items() if item_id != but]

    measured = [(likeness(own, shingles(said(each))), each) for each in await db.read(work)]
    alike = sorted((pair for pair in measured if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    return [each for _, each in alike[:MOST_SHOWN]]


async def category(db: Database, language: str, text: str, default: str) -> str:
    """Where jokes with these words are filed mostly; `default` where too few tell."""

    def work(conn: Connection) -> dict[str, float]:
        scores: dict[str, float] = defaultdict(float)
        for word in _words(text)[:MOST_QUERIES]:
            filed = rows.filed(conn, language, word, MOST_FOUND)
            total = sum(filed.values())
            for name, count in filed.items():
                scores[name] += count / (total + DOUBT)
        return scores

    scores = await db.read(work)
    best = max(scores, key=lambda name: scores[name], default=default)
    return best if scores.get(best, 0) >= SURE else default


def said(entry: ItemEntry) -> str:
    """What is compared: a joke, or a title."""
    if isinstance(entry, JokeEntry):
        return f"{entry.text} {entry.punchline or ''}"[:COMPARED_CHARS]
    return entry.title


def _queries(text: str) -> list[str]:
    """Pairs of its words, all of which a near-duplicate can hardly have changed."""
    words = _words(text)[:MOST_QUERIES]
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    return pairs or [text]


def _words(text: str) -> list[str]:
    """What it is about, the longest first: words, and short pieces of Chinese."""
    found: dict[str, None] = {}
    for piece in _PIECES.findall(text.casefold()):
        if not re.match(f"[{CJK}]", piece):
            found[piece] = None
        else:
            found.update(dict.fromkeys(piece[at : at + _RUN] for at in range(0, len(piece), _RUN)))
    told = [word for word in found if word not in ENGLISH and word not in CHINESE]
    return sorted((word for word in told if len(word) > 1), key=lambda word: -len(word))
