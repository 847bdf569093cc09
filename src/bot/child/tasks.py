"""The roll of what workers do: top-level functions of plain values, named when sent."""

from __future__ import annotations

from bot.models.reading import Reading
from bot.reading import read as reading


def read(text: str, title: str | None, language: str | None) -> Reading:
    """Read a text; see `bot.reading.read`."""
    return reading.read(text, title=title, language=language)
