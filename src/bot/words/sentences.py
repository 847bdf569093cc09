"""Where sentences begin and end, in any script with full stops; abbreviations by language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from heapq import merge
from typing import TYPE_CHECKING

from bot.words.abbreviations import ENGLISH_OPENERS, MAYBE_LAST, NEVER_LAST, ORDINALS
from bot.words.common import COMMON
from bot.words.script import CJK, HAN
from bot.words.spans import Span, trim

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDE_STOP = "。！？｡။།។"
_STOP = f".!?…{_WIDE_STOP}‼⁇⁈⁉؟۔।॥։።\u037e"
_CLOSE = "\"'”’»›）)\\]】》」』〕｝}＂"
# These open elsewhere, and close in German („So.“) and, after a space, in French (« Oui. »).
_CLOSE_BEFORE_SPACE = r"[“‘«](?=\s|\Z)|[ \u00a0\u202f]»(?=[\s,;:.]|\Z)"
_CLOSING = _CLOSE.replace("\\", "") + "“‘« \u00a0\u202f"
_CLOSE_QUOTES = frozenset("\"'”’»›」』＂")
_OPEN_QUOTES = frozenset('"“‘«「『„‚')
# A run of stops with the quotes and brackets that close after it, and perhaps stops again: 。”）。
_RUN_OF_STOPS = (
    rf"(?:[{_STOP}]|[ \t]\.(?=[ \t]\.))*(?:(?:[{_CLOSE}]|{_CLOSE_BEFORE_SPACE})+[{_STOP}]*)*"
)
_END = re.compile(rf"[{_STOP}]{_RUN_OF_STOPS}")
# A Greek question ends with what is a semicolon elsewhere.
_GREEK_END = re.compile(rf"[{_STOP};]{_RUN_OF_STOPS}")
_BREAK = re.compile(r"(?:\r\n|\n|\r(?!\n))[^\S\r\n]*[\r\n]\s*|[\u2028\u2029]")
_CHINESE = re.compile(f"[{CJK}]")
_SAYS = re.compile(rf"[，,]?[{HAN}]{{0,6}}?(?:说|道|问|喊|叫|答|表示|指出|认为|写道)")
_LAST_WORD = re.compile(r"(?:[^\W_]|[.])+\Z")
_NEXT_WORD = re.compile(r"[^\w\s]*(\w[\w'’]*)")
_HIRAGANA = re.compile("[\u3041-\u309f]")
_ROMAN = re.compile(r"[IVX]{1,6}")
_GLUED = re.compile(r"([^\W\d_]+)")
_ALNUM = re.compile(r"[^\W_]")
_WORD_WINDOW = 24
# Abbreviations that are words as well: an opening word shows which.
_ALSO_WORDS = frozenset(["no", "p", "art", "v", "al", "st", "me", "max", "min"])


@dataclass(frozen=True, slots=True)
class _Ways:
    """How a language writes, and whether this text has no capitals at all."""

    language: str
    never_last: frozenset[str]
    maybe_last: frozenset[str]
    openers: frozenset[str]
    lower: bool


@cache
def _ways(language: str, lower: bool) -> _Ways:
    known = language if language in NEVER_LAST else "en"
    openers = ENGLISH_OPENERS if known == "en" else COMMON[known]
    maybe_last = MAYBE_LAST.get(known, frozenset())
    return _Ways(language, NEVER_LAST[known], maybe_last, openers, lower)


def sentences(text: str, language: str = "en", most: int | None = None) -> list[Span]:
    """The spans of a paragraph's sentences, trimmed; an empty line ends one, a line end does not.

    In doubt two sentences stay together: half a sentence misquotes, a long one only tires. Of
    endless ones the first `most` are enough to know that they are too many.
    """
    spans: list[Span] = []
    start = 0
    for end in _ends(text, _ways(language, text[:2000].islower())):
        _keep(text, start, end, spans)
        start = end
        if len(spans) == most:
            return spans
    _keep(text, start, len(text), spans)
    return spans


def _ends(text: str, ways: _Ways) -> Iterator[int]:
    pattern = _GREEK_END if ways.language == "el" else _END
    breaks = (match.end() for match in _BREAK.finditer(text))
    stops = (match.end() for match in pattern.finditer(text) if _is_end(text, match, ways))
    return merge(breaks, stops)


def _keep(text: str, start: int, end: int, spans: list[Span]) -> None:
    start, end = trim(text, start, end)
    if _ALNUM.search(text, start, end):
        spans.append((start, end))
    elif spans and start < end and "\n" not in text[spans[-1][1] : start]:
        spans[-1] = (spans[-1][0], end)  # a stray quote or stop belongs to what it follows


def _is_end(text: str, match: re.Match[str], ways: _Ways) -> bool:
    run, start, end = match[0], match.start(), match.end()
    if end == len(text):
        return True
    if run == ".":
        return _full_stop(text, start, run, end, ways)
    stops = run.rstrip(_CLOSING)
    if "…" in stops and not any(stop in stops for stop in _WIDE_STOP):
        return _after_pause(text, start, end)
    if any(stop in run for stop in _WIDE_STOP):
        return _wide_end(text, run, end)
    if stops.endswith(".") and ".." not in stops and not stops.startswith(("!", "?")):
        return _full_stop(text, start, run, end, ways)
    if ".." in stops or "…" in stops:
        return _after_pause(text, start, end)
    return _exclamation(text, start, end, ways)


def _wide_end(text: str, run: str, end: int) -> bool:
    """Of 。！？: a quote may be followed by who says it, a bracket by the rest of its sentence."""
    following, last = text[end], run[-1]
    if following.isspace() or last in _STOP:
        return following not in "，、；：,;:"
    if last in _CLOSE_QUOTES:
        says = _SAYS.match(text, end, end + 12) or _HIRAGANA.match(following)
        return following not in "，、；：,;:的" and not says
    return "。" in run and following not in "，、；：,;:"


def _after_pause(text: str, start: int, end: int) -> bool:
    """An ellipsis ends a sentence where a line ends or a new sentence visibly begins."""
    if start and text[start - 1].isspace():
        return False  # spaced on both sides it stands for words left out
    word = _NEXT_WORD.match(text, _skip_space(text, end))
    return text[end].isspace() and (word is None or word[1][0].isupper())


def _exclamation(text: str, start: int, end: int, ways: _Ways) -> bool:
    following = text[end]
    if _CHINESE.match(following) or _CHINESE.match(text[max(0, start - 1) : start]):
        return True
    return (following.isspace() or _opens_quote(text, end)) and _begins(text, end, ways.lower)


def _opens_quote(text: str, end: int) -> bool:
    return text[end] in _OPEN_QUOTES and not text[end - 1].isspace()


def _full_stop(text: str, start: int, run: str, end: int, ways: _Ways) -> bool:
    following = text[end]
    if _CHINESE.match(following):
        return bool(_CHINESE.match(text[max(0, start - 1) : start]))
    if not following.isspace() and not _opens_quote(text, end):
        return _glued(text, start, end, ways.openers)
    if not _begins(text, end, ways.lower):
        return False
    return len(run) > 1 or not _abbreviates(text, start, end, ways)


def _begins(text: str, end: int, lower: bool) -> bool:
    """Whether what follows may open a sentence: no small letter where letters have cases."""
    at = _skip_space(text, end)
    if lower or text[at : at + 1] in _OPEN_QUOTES:
        return True
    word = _NEXT_WORD.match(text, at)
    return word is None or not word[1][0].islower()


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _glued(text: str, start: int, end: int, openers: frozenset[str]) -> bool:
    """`it ended.The next`: a stop without its space, told by a common opening word."""
    if not text[end].isupper():
        return False
    before = text[max(0, start - 3) : start]
    word = _GLUED.match(text, end, end + _WORD_WINDOW)
    return (
        len(before) == 3
        and before.isalpha()
        and before.islower()
        and word is not None
        and word[1].lower() in openers
    )


def _abbreviates(text: str, start: int, end: int, ways: _Ways) -> bool:
    """Whether the stop at `start` belongs to the word before it: `Dr.`, `J.`, `U.S.`, `1.`"""
    before = _LAST_WORD.search(text, max(0, start - _WORD_WINDOW), start)
    if before is None:
        return False
    word = before[0].lower().lstrip(".")
    opens = _opener_at(text, _skip_space(text, end), ways)
    if word in ways.never_last:
        return not (word in _ALSO_WORDS and opens)
    if word in ways.maybe_last or _is_initials(before[0], ways) or _is_ordinal(before[0], ways):
        return not opens
    return word.isdigit() and len(word) < 4 and _opens_item(text, before.start(), ways)


def _opener_at(text: str, at: int, ways: _Ways) -> bool:
    """Whether a word that opens sentences stands there, and is not an initial itself."""
    word = _NEXT_WORD.match(text, at)
    if word is None or not word[1][0].isupper() or word[1].lower() not in ways.openers:
        return False
    return len(word[1]) > 1 or text[word.end() : word.end() + 1] != "."


def _is_initials(word: str, ways: _Ways) -> bool:
    """`J.` and `U.S.`; small letters too in languages that write `z. B.` and `p. ej.`"""
    letters = all(len(part) == 1 and part.isalpha() for part in word.split(".") if part)
    return letters and ("." in word or word.isupper() or ways.never_last is not NEVER_LAST["en"])


def _is_ordinal(word: str, ways: _Ways) -> bool:
    """`3. Mai` and `XIV. Jahrhundert`."""
    short = (word.isdigit() and len(word) < 3) or _ROMAN.fullmatch(word)
    return bool(short) and ways.language in ORDINALS


def _opens_item(text: str, at: int, ways: _Ways) -> bool:
    """Whether a number stands first in its line or sentence, as the number of an item does."""
    while at > 0 and text[at - 1] in " \t(（":
        at -= 1
    if at == 0 or text[at - 1] == "\n":
        return True
    before = _LAST_WORD.search(text, max(0, at - _WORD_WINDOW), at - 1)
    return text[at - 1] in _STOP and not (before and before[0].lower() in ways.never_last)
