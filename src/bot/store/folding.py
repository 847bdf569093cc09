"""How texts and words are compared: without case and character width, in every script.

SQLite's own LIKE knows the case of ASCII only; so a folded copy stands beside what is searched.
"""

from __future__ import annotations

import unicodedata

from bot.store.schema import storable

# SQLite refuses longer patterns; nobody types them.
MOST_PATTERN_CHARS = 1000


def fold(*texts: str | None) -> str:
    """The texts as one, ready to be compared."""
    joined = "\n".join(text for text in texts if text)
    return unicodedata.normalize("NFKC", storable(joined).strip()).casefold()


def pattern(word: str) -> str:
    """For LIKE with `/` as the escape: a text with this folded word anywhere in it."""
    word = word[:MOST_PATTERN_CHARS]
    for special in "/%_":
        word = word.replace(special, "/" + special)
    return f"%{word}%"
