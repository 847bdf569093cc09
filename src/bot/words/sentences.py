"""Where sentences begin and end, in English, in Chinese and in any script with full stops."""

from __future__ import annotations

import re
from heapq import merge
from typing import TYPE_CHECKING

from bot.words.abbreviations import MAYBE_LAST, NEVER_LAST, OPENERS
from bot.words.script import CJK, HAN
from bot.words.spans import Span, trim

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDE_STOP = "。！？｡"
_STOP = rf".!?…{_WIDE_STOP}‼⁇⁈⁉؟۔।॥։።"
_CLOSE = "\"'”’»›）)\\]】》」』〕｝}＂"
_CLOSING = _CLOSE.replace("\\", "")
_CLOSE_QUOTES = frozenset("\"'”’»›」』＂")
_OPEN_QUOTES = frozenset('"“‘«「『')
# A run of stops with the quotes and brackets that close after it, and perhaps stops again: 。”）。
_END = re.compile(rf"[{_STOP}](?:[{_STOP}]|[ \t]\.(?=[ \t]\.))*(?:[{_CLOSE}]+[{_STOP}]*)*")
_BREAK = re.compile(r"(?:\r\n|\n|\r(?!\n))[^\S\r\n]*[\r\n]\s*|[\u2028\u2029]")
_CHINESE = re.compile(f"[{CJK}]")
_SAYS = re.compile(rf"[，,]?[{HAN}]{{0,6}}?(?:说|道|问|喊|叫|答|表示|指出|认为|写道)")
_LAST_WORD = re.compile(r"(?:[^\W_]|[.])+\Z")
_NEXT_WORD = re.compile(r"[^\w\s]*(\w[\w'’]*)")
_GLUED = re.compile(r"([^\W\d_]+)")
_ALNUM = re.compile(r"[^\W_]")
_WORD_WINDOW = 24


def sentences(text: str, most: int | None = None) -> list[Span]:
    """The spans of a paragraph's sentences, trimmed; an empty line ends one, a line end does not.

    In doubt two sentences stay together: half a sentence misquotes, a long one only tires. Of
    endless ones the first `most` are enough to know that they are too many.
    """
    spans: list[Span] = []
    start = 0
    for end in _ends(text, lower=text[:2000].islower()):
        _keep(text, start, end, spans)
        start = end
        if len(spans) == most:
            return spans
    _keep(text, start, len(text), spans)
    return spans


def _ends(text: str, lower: bool) -> Iterator[int]:
    breaks = (match.end() for match in _BREAK.finditer(text))
    stops = (match.end() for match in _END.finditer(text) if _is_end(text, match, lower))
    return merge(breaks, stops)


def _keep(text: str, start: int, end: int, spans: list[Span]) -> None:
    start, end = trim(text, start, end)
    if _ALNUM.search(text, start, end):
        spans.append((start, end))
    elif spans and start < end and "\n" not in text[spans[-1][1] : start]:
        spans[-1] = (spans[-1][0], end)  # a stray quote or stop belongs to what it follows


def _is_end(text: str, match: re.Match[str], lower: bool) -> bool:
    run, start, end = match[0], match.start(), match.end()
    if end == len(text):
        return True
    if run == ".":
        return _full_stop(text, start, run, end, lower)
    stops = run.rstrip(_CLOSING)
    if "…" in stops and not any(stop in stops for stop in _WIDE_STOP):
        return _after_pause(text, start, end)
    if any(stop in run for stop in _WIDE_STOP):
        return _wide_end(text, run, end)
    if stops.endswith(".") and ".." not in stops and not stops.startswith(("!", "?")):
        return _full_stop(text, start, run, end, lower)
    if ".." in stops or "…" in stops:
        return _after_pause(text, start, end)
    return _exclamation(text, start, end, lower)


def _wide_end(text: str, run: str, end: int) -> bool:
    """Of 。！？: a quote may be followed by who says it, a bracket by the rest of its sentence."""
    following, last = text[end], run[-1]
    if following.isspace() or last in _STOP:
        return following not in "，、；：,;:"
    if last in _CLOSE_QUOTES:
        return following not in "，、；：,;:的" and not _SAYS.match(text, end, end + 12)
    return "。" in run and following not in "，、；：,;:"


def _after_pause(text: str, start: int, end: int) -> bool:
    """An ellipsis ends a sentence where a line ends or a new sentence visibly begins."""
    if start and text[start - 1].isspace():
        return False  # spaced on both sides it stands for words left out
    word = _NEXT_WORD.match(text, _skip_space(text, end))
    return text[end].isspace() and (word is None or word[1][0].isupper())


def _exclamation(text: str, start: int, end: int, lower: bool) -> bool:
    following = text[end]
    if _CHINESE.match(following) or _CHINESE.match(text[max(0, start - 1) : start]):
        return True
    return (following.isspace() or _opens_quote(text, end)) and _begins(text, end, lower)


def _opens_quote(text: str, end: int) -> bool:
    return text[end] in _OPEN_QUOTES and not text[end - 1].isspace()


def _full_stop(text: str, start: int, run: str, end: int, lower: bool) -> bool:
    following = text[end]
    if _CHINESE.match(following):
        return bool(_CHINESE.match(text[max(0, start - 1) : start]))
    if not following.isspace() and not _opens_quote(text, end):
        return _glued(text, start, end)
    return _begins(text, end, lower) and not (len(run) == 1 and _abbreviates(text, start, end))


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


def _glued(text: str, start: int, end: int) -> bool:
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
        and word[1].lower() in OPENERS
    )


def _abbreviates(text: str, start: int, end: int) -> bool:
    """Whether the stop at `start` belongs to the word before it: `Dr.`, `J.`, `U.S.`, `1.`"""
    before = _LAST_WORD.search(text, max(0, start - _WORD_WINDOW), start)
    if before is None:
        return False
    word = before[0].lower().lstrip(".")
    follower = _NEXT_WORD.match(text, _skip_space(text, end))
    opens = follower is not None and follower[1].lower() in OPENERS and follower[1][0].isupper()
    if word in NEVER_LAST:
        return not (word in {"no", "p", "art", "v"} and opens)
    if word in MAYBE_LAST or _is_initials(before[0]):
        return not opens
    return word.isdigit() and len(word) < 4 and _opens_item(text, before.start())


def _is_initials(word: str) -> bool:
    return all(len(part) == 1 and part.isalpha() for part in word.split(".") if part) and (
        "." in word or word.isupper()
    )


def _opens_item(text: str, at: int) -> bool:
    """Whether a number stands first in its line or sentence, as the number of an item does."""
    while at > 0 and text[at - 1] in " \t(（":
        at -= 1
    if at == 0 or text[at - 1] == "\n":
        return True
    before = _LAST_WORD.search(text, max(0, at - _WORD_WINDOW), at - 1)
    return text[at - 1] in _STOP and not (before and before[0].lower() in NEVER_LAST)
