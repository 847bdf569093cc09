"""Readings as JSON: the same reading always gives the same text, and comes back equal."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from bot.models.reading import Figure, Part, Reading, Section, Sentence

# Raise it when Reading's shape or the ranking changes: what is kept in another format is read anew.
FORMAT = 3


def dump(reading: Reading) -> str:
    """For `load`."""
    return json.dumps({"format": FORMAT, **asdict(reading)}, ensure_ascii=False, sort_keys=True)


def load(text: str) -> Reading | None:
    """What `dump` wrote; None if another version of the program did."""
    kept = json.loads(text)
    if kept["format"] != FORMAT:
        return None
    return Reading(
        language=kept["language"],
        title=kept["title"],
        words=kept["words"],
        sections=tuple(Section(**section) for section in kept["sections"]),
        ranked=tuple(Sentence(**sentence) for sentence in kept["ranked"]),
        figures=tuple(Figure(**figure) for figure in kept["figures"]),
        parts=tuple(_part(part) for part in kept["parts"]),
    )


def _part(kept: dict[str, Any]) -> Part:
    section = Section(**kept["section"]) if kept["section"] else None
    return Part(section, tuple(Sentence(**sentence) for sentence in kept["ranked"]))
