"""What an entry is about, as weighted terms: cheap enough to be told for every entry there is.

Words are cut to their first letters, which on labelled news does as well as Snowball's stemmer,
and Chinese is cut into pairs of characters, which does better there than words of a dictionary
(`bench/stories.py`). So nothing is loaded, and every language with spaces is served alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

from bot.models.stories import Sketch
from bot.news.notices import is_column, without_notices
from bot.words.script import CJK, RUN
from bot.words.stopwords import CHINESE, ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

# So many letters of a word stand for its stem.
STEM = 6
# A title says what it is about; of a text the beginning says most.
TITLE_WEIGHT = 2.0
TEXT_WORDS, HALVED_AFTER = 400, 300
HEAD_WORDS = 40
# Longer texts are not looked at to the end.
TEXT_CHARS = 10 * TEXT_WORDS

_TERM = re.compile(
    rf"(?P<pairs>[{CJK}]+)|[0-9]+(?:[.,:][0-9]+)*(?![^\W_{CJK}])|{RUN}(?:['’]{RUN})*"
)
_WIDE = re.compile(f"[{CJK}]")
_STOP_CHARS = frozenset(word for word in CHINESE if len(word) == 1)
_DATES = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july
august september october november december
"""
_DATE_WORDS = frozenset(_DATES.split())
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMERAL = re.compile(r"[零〇一二三四五六七八九十百]+(?=[年月日号期周])")


def sketch(title: str, text: str, pool: str, source: str, published: datetime) -> Sketch:
    """What clustering needs to know of an entry.

    Terms are numbers of 32 bits that differ from `pool` to `pool`: entries of different pools
    have none in common. A column has none at all: it is about many things, or about nothing.
    """
    skeleton = _skeleton(title)
    if is_column(title):
        title = text = ""
    title, text = without_notices(title), without_notices(text[:TEXT_CHARS])
    counts: defaultdict[int, float] = defaultdict(float)
    head: defaultdict[int, float] = defaultdict(float)
    for _, term in _terms(title, pool):
        counts[term] += TITLE_WEIGHT
        head[term] += TITLE_WEIGHT
    for place, term in _terms(text, pool):
        counts[term] += 1 / (1 + place / HALVED_AFTER)
        if place <= HEAD_WORDS:
            head[term] += 1
    return Sketch(
        pool=pool,
        source=crc32(source.encode(errors="replace")),
        published=published,
        counts=counts,
        head=head,
        names=frozenset(_names(title, text, pool)),
        skeleton=skeleton,
        paired=len(_WIDE.findall(title)) * 2 > len(title),
    )


def pool_of(language: str, *, sample: bool) -> str:
    """Entries of one language go together, and samples with samples only."""
    return f"{language} sample" if sample else language


def _terms(text: str, pool: str) -> Iterator[tuple[int, int]]:
    """The terms of a text, each after the number of words up to it."""
    place = 0
    for match in _TERM.finditer(text):
        if place >= TEXT_WORDS:
            return
        if match["pairs"] is None:
            place += 1
            term = _term(match[0], pool)
            if term is not None:
                yield place, term
            continue
        for first, second in pairwise(match[0]):
            place += 1
            if first not in _STOP_CHARS and second not in _STOP_CHARS:
                yield place, _number(first + second, pool)


@lru_cache(maxsize=8192)
def _term(word: str, pool: str) -> int | None:
    """Of the word's first letters, without case and genitive; None for one that says nothing."""
    word = word.lower().replace("’", "'").partition("'")[0]
    if len(word) < 2 or word in ENGLISH:
        return None
    return _number(word if word[0].isdigit() else word[:STEM], pool)


def _number(term: str, pool: str) -> int:
    return crc32(term.encode(errors="replace"), crc32(pool.encode()))


def _names(title: str, text: str, pool: str) -> Iterator[int]:
    """The terms of the title's words with a capital; in scripts without case there are none.

    Of its first word the capital says nothing, unless it has one within a sentence as well.
    """
    for match in _TERM.finditer(title):
        word = match[0]
        if match["pairs"] is None and word[0].isupper():
            term = _term(word, pool)
            if term is not None and (match.start() or _is_name(word, text)):
                yield term


def _is_name(word: str, text: str) -> bool:
    return re.search(rf"[^\W\d_],? {re.escape(word)}\b", text) is not None


def _skeleton(title: str) -> int:
    """Equal for titles that differ in dates and numbers only, as those of a daily column."""
    words = _LETTERS.findall(_NUMERAL.sub("", title.casefold()))
    return crc32(
        " ".join(each for each in words if each not in _DATE_WORDS).encode("utf-8", "replace")
    )
