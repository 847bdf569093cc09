"""Word tokens and stems: Chinese is cut by jieba, everything with spaces by its letters."""

from __future__ import annotations

import re
import warnings
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from bot.words.script import CJK, RUN
from bot.words.stopwords import CHINESE, ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# jieba keeps a table as long as what it cuts; a run without punctuation is cut in steps.
_JIEBA_STEP = 400
_TOKEN = re.compile(
    rf"(?P<cjk>[{CJK}]+)|[0-9]+(?:[.,][0-9]+)+|{RUN}(?:['’\-]{RUN})*",
)
_STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian",
    "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip


def tokens(text: str) -> list[str]:
    """The words of a text in lower case; a number keeps its decimals (`3.5`, `42,500`)."""
    return list(_tokens(text))


def stopwords(language: str) -> frozenset[str]:
    """Words to leave out of counts; English ones too for Chinese, which often mixes them in."""
    return {"en": ENGLISH, "zh": CHINESE | ENGLISH}.get(language, frozenset())


def stemmer(language: str) -> Callable[[str], str]:
    """Snowball's stemmer of a language; the word itself where there is none."""
    name = _STEMMERS.get(language)
    return str if name is None else _snowball(name)


def _tokens(text: str) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        word = match[0].lower()
        if match["cjk"] is None:
            yield word.replace("’", "'")
            continue
        for start in range(0, len(word), _JIEBA_STEP):
            yield from cutter().cut(word[start : start + _JIEBA_STEP])


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
