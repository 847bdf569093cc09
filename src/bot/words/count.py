"""How long a text is, counted cheaply: the main process asks this of every text."""

from __future__ import annotations

import re

from bot.words.script import CJK, RUN

_WORD = re.compile(rf"[{CJK}]|{RUN}")


def count_words(text: str, most: int = 0) -> int:
    """Each Chinese or Japanese character is a word, and each run of other letters or digits.

    Who only asks whether there are so many counts no further than `most`.
    """
    return _WORD.subn("", text, most)[1]
