"""How long a text is, counted cheaply: the main process asks this of every text."""

from __future__ import annotations

import re

from bot.words.script import CJK, RUN

# Telegram's limit of a message, in UTF-16 units.
MESSAGE_UNITS = 4096
_WORD = re.compile(rf"[{CJK}]|{RUN}")


def count_words(text: str, most: int = 0) -> int:
    """Each Chinese or Japanese character is a word, and each run of other letters or digits.

    Who only asks whether there are so many counts no further than `most`.
    """
    return _WORD.subn("", text, most)[1]


def units(text: str) -> int:
    """UTF-16 code units, as Telegram counts; half a pair is one, too."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
