"""The language of a text, told by its script and its commonest words; no model needed."""

from __future__ import annotations

import re

from bot.words.script import CJK, HAN, KANA

_SAMPLE = 20_000
_LETTER = re.compile(rf"[^\W\d_{CJK}]")
_LATIN_WORD = re.compile(r"[a-z]+")
_HAN = re.compile(f"[{HAN}]")
_KANA = re.compile(f"[{KANA}]")
_ENGLISH_WORDS = (
    "the and of to in is that for with was are this it as by be have has from not you he she "
    "they we his her their which at on were been will would an or but who what when how"
)
_FOREIGN_WORDS = (
    "der die das und ist nicht mit den von ein eine auf le la les et des du un une est dans pour "
    "el los las que y en por con una il che di della gli sono non een het van op voor och att som "
    "det og av er ikke os com para não uma do na se je na w nie ve bir"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_FOREIGN = frozenset(_FOREIGN_WORDS.split())


def detect(text: str) -> str:
    """`en`, `zh`, or `other`; a short text in plain ASCII letters counts as English."""
    sample = text[:_SAMPLE]
    han, kana = len(_HAN.findall(sample)), len(_KANA.findall(sample))
    letters = _LETTER.findall(sample)
    if kana * 10 > han + kana:
        return "other"
    if han and han * 3 >= len(letters):
        return "zh"
    return "en" if letters and _is_english(sample, letters) else "other"


def _is_english(sample: str, letters: list[str]) -> bool:
    words = _LATIN_WORD.findall(sample.lower())
    english = sum(word in _ENGLISH for word in words)
    foreign = sum(word in _FOREIGN for word in words)
    plain = sum(letter.isascii() for letter in letters)
    if plain * 20 < len(letters) * 19 or foreign > english:
        return False
    return len(words) < 12 or english * 20 >= len(words)
