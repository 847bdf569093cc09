"""Whole numbers as people type them: of an item, of a place in a list, of a person."""

from __future__ import annotations

# What a database's integer of 64 bits holds whatever the digits are.
MOST_DIGITS = 18


def whole(text: str) -> int | None:
    """The number; None for anything else, and for what is longer than any number of ours."""
    if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
        return int(text)
    return None
