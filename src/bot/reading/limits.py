"""How much of a text is read, by the limits in `config`; of more each says so in a UserError."""

from __future__ import annotations

from bot.config import MAX_TEXT_CHARS, MAX_TEXT_LINES, MAX_TEXT_SENTENCES
from bot.errors import UserError
from bot.texts import mark

_CHARACTERS = mark("That text is too long to read: it may have {most} characters.")
_LINES = mark("That text is too long to read: it may have {most} lines.")
_SENTENCES = mark("That text is too long to read: it may have {most} sentences.")


def check_characters(many: int) -> None:
    """So many characters may be read."""
    _check(many, MAX_TEXT_CHARS, _CHARACTERS)


def check_lines(many: int) -> None:
    """So many lines, or blocks, may be read."""
    _check(many, MAX_TEXT_LINES, _LINES)


def check_sentences(many: int) -> None:
    """So many sentences may be chosen from."""
    _check(many, MAX_TEXT_SENTENCES, _SENTENCES)


def _check(many: int, most: int, refusal: str) -> None:
    if many > most:
        raise UserError(refusal, most=f"{most:,}")
