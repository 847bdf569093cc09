"""Key figures: a number with its unit and what it counts, in English and in Chinese.

A bare number, a year, a date, the number of an item and a masked number say nothing alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.reading import measures
from bot.reading.clean import is_masked
from bot.words.script import CJK, HAN
from bot.words.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.words.spans import Span

_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})(?:\.[0-9]{1,9})?"
_ENGLISH = re.compile(
    rf"""(?<![\w.,*$€£¥%/:\-–—])
    (?:(?:more|less|fewer)\s+than\s+|(?:over|nearly|almost|about|around|some|up\s+to)\s+
      |(?:at\s+least|approximately|as\s+many\s+as)\s+)?
    (?P<money>(?:US|HK|A|C)?[$€£¥]\s?)?
    (?P<number>{_NUMBER}(?:\s?(?:[-–]|to\s)\s?{_NUMBER})?)
    (?P<scale>\s?(?:hundred|thousand|million|billion|trillion)\b|(?:bn|[mk])\b)?
    (?P<percent>\s?%|\s(?:per\s?cent|percentage\s+points?|basis\s+points?)\b)?
    (?![\w*:/{CJK}]|[.,][0-9]|[-–]\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"(?:\r\n|\s)([A-Za-z][A-Za-z'’-]*)")
_OF = re.compile(r"\s{1,4}of(?:\s{1,4}(?:the|its|their|all|our))?(?=\s)", re.IGNORECASE)
_LABEL = re.compile(r"([A-Za-z]+)\.?\s*\Z")
_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}(?:\s?(?:[-–]|to)\s?(?:1[5-9]|20)?[0-9]{2})?")
_MOST_WORDS = 4

_CHINESE = re.compile(
    rf"""(?<![0-9A-Za-z.,*\-–—第某])
    {_NUMBER}(?:\s?[-–—~～至到]\s?{_NUMBER})?\s?[十百千万亿]{{0,2}}[多余几]?
    (?:(?P<share>[%％‰]|个百分点)|(?P<unit>{"|".join(measures.CHINESE)}))""",
    re.VERBOSE,
)
_HAN_RUN = re.compile(f"[{HAN}]{{1,8}}")
_HAN_BEFORE = re.compile(f"[{HAN}]{{1,8}}\\Z")


def figures(text: str) -> Iterator[Span]:
    """The spans of the figures in a sentence, in order."""
    found = sorted([*_english(text), *_chinese(text)], key=lambda span: (span[0], -span[1]))
    end = 0
    for span in found:
        if span[0] >= end and not is_masked(text, *span):
            end = span[1]
            yield span


def _english(text: str) -> Iterator[Span]:
    for match in _ENGLISH.finditer(text):
        end = _english_end(text, match)
        if end is not None:
            yield match.start(), end


def _english_end(text: str, match: re.Match[str]) -> int | None:
    if match["percent"]:
        return _of(text, match.end())
    if match["money"]:
        return match.end()
    if match["scale"] and len(match["scale"]) < len("bn "):
        return None
    if _is_label(text, match):
        return None
    head = _head(text, match.end())
    if head is None:
        return match.end() if match["scale"] else None
    word, end = head
    measured = word in measures.ENGLISH
    if not measured and match["number"] == "1":
        return None
    return _of(text, end) if measured else end


def _is_label(text: str, match: re.Match[str]) -> bool:
    """Whether the number is a name: a year, `Article 5`, `May 20`."""
    if _YEAR.fullmatch(match["number"]) and not match["scale"]:
        head = _head(text, match.end())
        return head is None or head[0] not in measures.ENGLISH
    before = _LABEL.search(text, max(0, match.start() - 20), match.start())
    label = before[1].lower() if before else ""
    return label in measures.LABELS or (len(label) == 1 and label not in "aio")


def _head(text: str, at: int) -> tuple[str, int] | None:
    """The noun that a number counts, and where it ends: a unit, or the first plural."""
    for _ in range(_MOST_WORDS):
        match = _WORD.match(text, at)
        word = match[1].lower() if match else ""
        if match is None or word in measures.STOPS or "'" in word or "’" in word:
            return None
        if word in measures.ENGLISH or _is_plural(word):
            return word, match.end()
        at = match.end()
    return None


def _is_plural(word: str) -> bool:
    ends = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return ends and len(word) > 3 and word not in measures.NOT_COUNTED


def _of(text: str, end: int) -> int:
    """Where `of garbage`, `of the rivers` after a measure ends."""
    match = _OF.match(text, end)
    if match is None:
        return end
    at = match.end()
    for _ in range(_MOST_WORDS - 1):
        following = _WORD.match(text, at)
        word = following[1].lower() if following else ""
        if following is None or "'" in word or "’" in word or word in measures.STOPS:
            break
        if word.endswith(("ed", "ing")):
            break
        at = following.end()
        if _is_plural(word):
            break
    return at if at > match.end() else end


def _chinese(text: str) -> Iterator[Span]:
    for match in _CHINESE.finditer(text):
        noun = 0
        if match["unit"] in measures.CHINESE_COUNTERS:
            noun = _noun_after(text, match.end())
        before = 0 if noun else _word_before(text, match.start())
        if noun or before or match["unit"] not in measures.CHINESE_COUNTERS:
            yield match.start() - before, match.end() + noun


def _noun_after(text: str, at: int) -> int:
    """How long the thing is that a counter counts: 9个行政村, 11处小水站."""
    run = _HAN_RUN.match(text, at)
    words = tokens(run[0]) if run else []
    if not words or words[0] in measures.CHINESE_STOPS:
        return 0
    if len(words[0]) > 1 or words[0] in measures.SHORT_NOUNS:
        return len(words[0])
    return len(words[0] + words[1]) if words[0] in measures.KINDS and len(words) > 1 else 0


def _word_before(text: str, at: int) -> int:
    """How long the word is that says what is measured: 合格率64.9%, 增长12.5%, 总长198公里."""
    run = _HAN_BEFORE.search(text, max(0, at - 8), at)
    words = tokens(run[0]) if run else [""]
    word = words[-1]
    if word in measures.SUFFIXES and len(words) > 1:
        return len(words[-2] + word)
    said = len(word) > 1 or word in measures.RELATIONS
    return len(word) if said and word not in measures.CHINESE_STOPS else 0
