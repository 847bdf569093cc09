"""Summaries as JSON objects, the contract with other programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from bot.models.summaries import Summary

Record = dict[str, Any]


def record(name: object, summary: Summary) -> Record:
    """One summary; what is absent is null, offsets count code points."""
    reading = summary.reading
    return {
        "id": name,
        "language": reading.language,
        "title": reading.title,
        "words_in": reading.words,
        "words_out": summary.words,
        "sentences": [asdict(sentence) for sentence in summary.sentences],
        "figures": [asdict(figure) for figure in reading.figures],
        "keywords": list(summary.keywords),
        "outline": [asdict(section) for section in reading.sections],
    }


def encoded(found: Record) -> bytes:
    """One line of UTF-8; halves of surrogate pairs, which UTF-8 has not, stay escaped."""
    try:
        line = json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        line = json.dumps(found).encode()
    return line + b"\n"
