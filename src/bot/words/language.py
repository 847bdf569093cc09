"""The language of a text, told by its script and its commonest words; no model needed."""

from __future__ import annotations

import re
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.words.common import COMMON
from bot.words.script import CJK, HAN, KANA

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# ISO 639's word for a language that nobody can tell.
UNKNOWN = "und"

_SAMPLE = 20_000
# So many common words make a language of a few words in plain letters; `a` alone makes none.
_SURE = 3
_FEW_WORDS = 12
# In a text of some length at least one word in so many is a common one.
_RARE = 20
# Words of one letter may as well be initials, variables or numbers of items.
_LETTERS_WEIGH_LESS = 4
# A syllable of Hangul takes one letter, as a Chinese character does, where others take three.
_DENSE = 3
_LETTER = re.compile(rf"[^\W\d_{CJK}]")
_WORD = re.compile(rf"[^\W\d_{CJK}]+")
_HAN = re.compile(f"[{HAN}]")
_KANA = re.compile(f"[{KANA}]")
# Scripts, each under the language that it is mostly used for.
_SCRIPTS = MappingProxyType(
    {
        name: re.compile(f"[{letters}]")
        for name, letters in {
            "en": "A-Za-z\u00aa-\u024f\u1e00-\u1eff",
            "ru": "\u0400-\u052f",
            "ar": "\u0620-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff",
            "el": "\u0370-\u03ff\u1f00-\u1fff",
            "he": "\u0590-\u05ff",
            "hi": "\u0900-\u097f",
            "ko": "\u1100-\u11ff\uac00-\ud7a3",
            "th": "\u0e00-\u0e7f",
            "hy": "\u0531-\u0587",
            "ka": "\u10a0-\u10ff",
            "bn": "\u0980-\u09ff",
            "pa": "\u0a00-\u0a7f",
            "gu": "\u0a80-\u0aff",
            "ta": "\u0b80-\u0bff",
            "te": "\u0c00-\u0c7f",
            "kn": "\u0c80-\u0cff",
            "ml": "\u0d00-\u0d7f",
            "si": "\u0d80-\u0dff",
            "lo": "\u0e80-\u0eff",
            "my": "\u1000-\u109f",
            "km": "\u1780-\u17ff",
            "am": "\u1200-\u137f",
        }.items()
    }
)
_CYRILLIC = ("ru", "uk", "bg", "sr")
_LATIN = tuple(name for name in COMMON if name not in {*_CYRILLIC, "el"})
# Letters that one language of a script has and its neighbours have not.
_OWN_LETTERS = MappingProxyType(
    {
        "de": "ß", "es": "ñ", "pt": "ãõ", "hu": "őű", "pl": "łśźż", "cs": "řěů", "ro": "ășț",
        "tr": "ğış", "vi": "ơưạảấầếềộớờựđ", "sk": "ľĺŕ", "lv": "ņļķģ", "lt": "ėųį", "eo": "ĉĝĥĵŝŭ",
        "ru": "ыэё", "uk": "іїєґ", "bg": "ъ", "sr": "ђјљњћџ",
    }
)  # fmt: skip
# What is told apart, and may be named; Norwegian has two written forms, Hebrew had another code.
LANGUAGES = frozenset([*COMMON, *_SCRIPTS, "zh", "ja", "fa", "ur"])
_OTHER_NAMES = MappingProxyType({"nb": "no", "nn": "no", "iw": "he", "in": "id", "cmn": "zh"})
_PERSIAN, _URDU = re.compile("[پچژگکی]"), re.compile("[ٹڈڑںےہ]")


def known_language(tag: str | None) -> str | None:
    """`en-GB` is `en`, `zh_Hans` is `zh`; of other tags the text itself is believed."""
    short = (tag or "").replace("_", "-").split("-")[0].lower()
    short = _OTHER_NAMES.get(short, short)
    return short if short in LANGUAGES else None


def detect(text: str) -> str:
    """The two letters of its language, or `und`; a few words in plain ASCII count as English."""
    sample = text[:_SAMPLE]
    han, kana = len(_HAN.findall(sample)), len(_KANA.findall(sample))
    letters = _LETTER.findall(sample)
    if kana * 10 > han + kana:
        return "ja"
    if han and han * 3 >= len(letters):
        return "zh"
    return _of_script(sample, letters) if letters else UNKNOWN


def _of_script(sample: str, letters: Sequence[str]) -> str:
    counts = {name: len(script.findall(sample)) for name, script in _SCRIPTS.items()}
    counts["ko"] *= _DENSE
    script = max(counts, key=counts.__getitem__)
    if not counts[script]:
        return UNKNOWN
    if script == "en":
        return _latin(sample.lower(), letters)
    if script == "ru":
        return _nearest(sample.lower(), _CYRILLIC)
    return _arabic(sample, counts[script]) if script == "ar" else script


def _latin(sample: str, letters: Sequence[str]) -> str:
    words = _WORD.findall(sample)
    found = _nearest(sample, _LATIN)
    common = sum(word in COMMON[found] for word in words)
    if len(words) >= _FEW_WORDS:
        return found if common * _RARE >= len(words) else UNKNOWN
    plain = all(letter.isascii() for letter in letters)
    return "en" if plain and common < _SURE else found


def _nearest(sample: str, languages: Iterable[str]) -> str:
    """The language whose own words and letters are met most; a word of several counts for less."""
    counts = Counter(_WORD.findall(sample))
    shared = Counter(word for name in languages for word in COMMON[name])
    for word in counts:
        if len(word) == 1:
            shared[word] *= _LETTERS_WEIGH_LESS
    scores = {
        name: sum(counts[word] / shared[word] for word in COMMON[name])
        + sum(sample.count(letter) for letter in _OWN_LETTERS.get(name, ""))
        for name in languages
    }
    return max(scores, key=scores.__getitem__)


def _arabic(sample: str, letters: int) -> str:
    """Persian and Urdu have letters of their own, and forms of others."""
    if len(_URDU.findall(sample)) * 50 > letters:
        return "ur"
    return "fa" if len(_PERSIAN.findall(sample)) * 20 > letters else "ar"
