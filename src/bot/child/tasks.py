"""The roll of what workers do: top-level functions of plain values, named when sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reading import read as reading

if TYPE_CHECKING:
    from bot.models.reading import Reading


def read(text: str, title: str | None, language: str | None) -> Reading:
    """Read a text; see `bot.reading.read`."""
    return reading.read(text, title=title, language=language)
