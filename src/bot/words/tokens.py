"""Word tokens and stems: Chinese is cut by jieba, everything with spaces by its letters."""

from __future__ import annotations

import re
import warnings
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from bot.words.common import COMMON
from bot.words.script import CJK, HAN, KANA, RUN
from bot.words.stopwords import CHINESE, ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# jieba keeps a table as long as what it cuts; a run without punctuation is cut in steps.
_JIEBA_STEP = 400
# What French and Italian write before a vowel is a word of its own: l'eau, dell'acqua.
_ELISION = r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|un|dell|nell|dall|all|sull|quell)['’]"
_VOWEL = "[aeiouyhàâäáãèêëéìîïíòôöóùûüúœæ]"
_TOKEN = re.compile(
    rf"(?P<cjk>[{CJK}]+)|[0-9]+(?:[.,][0-9]+)+|{_ELISION}(?={_VOWEL})|{RUN}(?:['’\-]{RUN})*"
)
_KANA = re.compile(f"[{KANA}]")
# Chinese characters and katakana stand for things, hiragana for grammar.
_JAPANESE = re.compile(f"[{HAN}]+|[\u30a1-\u30ff\uff66-\uff9f]+|[\u3041-\u309f]+")
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque",
    "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip


def tokens(text: str) -> list[str]:
    """The words of a text in lower case; a number keeps its decimals (`3.5`, `42,500`)."""
    return list(_tokens(text))


@cache
def stopwords(language: str) -> frozenset[str]:
    """Words to leave out of counts; English ones too for Chinese, which often mixes them in."""
    ours = {"en": ENGLISH, "zh": CHINESE | ENGLISH}.get(language)
    return _listed(language) if ours is None else ours


def stemmer(language: str) -> Callable[[str], str]:
    """Snowball's stemmer of a language; the word itself where there is none."""
    name = _STEMMERS.get(language)
    return str if name is None else _snowball(name)


def _tokens(text: str) -> Iterator[str]:
    for match in _TOKEN.finditer(text.lower()):
        word = match[0]
        if match["cjk"] is None:
            yield word.replace("’", "'").rstrip("'")
            continue
        if _KANA.search(word):
            yield from _JAPANESE.findall(word)
            continue
        for start in range(0, len(word), _JIEBA_STEP):
            yield from cutter().cut(word[start : start + _JIEBA_STEP])


def _listed(language: str) -> frozenset[str]:
    import stopwordsiso  # noqa: PLC0415 - the bot has no use for it

    listed = {word.lower() for word in stopwordsiso.stopwords(language)}
    return COMMON.get(language, frozenset()) | listed


@cache
def _snowball(name: str) -> Callable[[str], str]:
    import snowballstemmer  # noqa: PLC0415 - the bot has no use for it

    stem: Callable[[str], str] = snowballstemmer.stemmer(name).stemWord
    return stem


@cache
def cutter() -> Any:
    """jieba with the dictionary of its package; its own loading would leave a file in /tmp."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba  # noqa: PLC0415 - heavy
    ready = jieba.Tokenizer()
    with (files("jieba") / "dict.txt").open("rb") as dictionary:
        ready.FREQ, ready.total = ready.gen_pfdict(dictionary)
    ready.initialized = True
    return ready
