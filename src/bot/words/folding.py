"""Texts made alike before they are compared."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Without case, and each character in its usual width and form (Unicode's NFKC)."""
    return unicodedata.normalize("NFKC", text).casefold()
