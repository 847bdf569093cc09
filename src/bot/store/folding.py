"""How names and texts are compared: without case, character width and accents, in every script."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bot.store.schema import storable
from bot.words import folding
from bot.words.script import CJK, RUN

if TYPE_CHECKING:
    from collections.abc import Iterator

# Of one text so many different tokens are found; PostgreSQL holds a megabyte of them.
MOST_TOKENS, MOST_TOKEN_CHARS = 40_000, 48
# Nobody types a longer query.
MOST_QUERY_CHARS, MOST_QUERY_TOKENS = 200, 16
# Who writes "hi" does not look for history.
SHORTEST_BEGINNING = 3

_ACCENTS = re.compile("[\u0300-\u036f]")
_ASCII = re.compile(r"[a-z0-9]+|[+<=>$~|]")
_PIECES = re.compile(rf"([{CJK}]+)|({RUN})|([^\w\s])")


def fold(*texts: str | None) -> str:
    """The texts as one, ready to be compared."""
    joined = "\n".join(text for text in texts if text)
    return folding.fold(storable(joined).strip())


def indexed(*texts: str | None) -> str:
    """What the texts are found by: each of their tokens once, with blanks between.

    A token is a word or, where words have no blanks between them, a pair of characters; the last
    of a run stands alone, too, so that each single one begins a token.
    """
    found: dict[str, None] = {}
    for kind, piece in _pieces(fold(*texts)):
        if kind == "run":
            pairs = (piece[at : at + 2] for at in range(len(piece)))
            found.update(dict.fromkeys(pairs))
        else:
            found[piece] = None
        if len(found) >= MOST_TOKENS:
            break
    return " ".join(list(found)[:MOST_TOKENS])


def wanted(query: str) -> list[tuple[str, bool]]:
    """The tokens that a text has to have, each with whether it need only begin so."""
    found: dict[tuple[str, bool], None] = {}
    for kind, piece in _pieces(fold(query[:MOST_QUERY_CHARS])):
        if kind == "run" and len(piece) > 1:
            found.update(((piece[at : at + 2], False), None) for at in range(len(piece) - 1))
        else:
            found[piece, kind == "run" or len(piece) >= SHORTEST_BEGINNING] = None
    return list(found)[:MOST_QUERY_TOKENS]


def _pieces(folded: str) -> Iterator[tuple[str, str]]:
    """Runs of characters without blanks, words, and signs that say something, such as emoji."""
    if folded.isascii():
        for word in _ASCII.findall(folded):
            yield "word" if word.isalnum() else "sign", word[:MOST_TOKEN_CHARS]
        return
    plain = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", folded)))
    for run, word, sign in _PIECES.findall(plain):
        if run:
            yield "run", run
        elif word:
            yield "word", word[:MOST_TOKEN_CHARS]
        elif unicodedata.category(sign) in {"So", "Sm", "Sc"}:
            yield "sign", sign
