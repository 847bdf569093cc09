"""Writes content folders for tests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from bot.content import Content

REPORT = """---
id: {key}
title: "A report"
language: en
published: 2024-05-01
---
1. The first part

It says one thing. It says another thing.
"""


def joke(key: str = "j1", **values: object) -> dict[str, object]:
    return {"id": key, "category": "office", "text": f"Joke {key}.", **values}


def headline(key: str = "h1", **values: object) -> dict[str, object]:
    given: dict[str, object] = {
        "id": key,
        "topic": "science",
        "title": f"Headline {key}",
        "source": "Example Times",
        "url": "https://example.org/1",
        "published": "2024-05-01T18:30:00Z",
        "text": "Something was found. It is small.",
    }
    return {**given, **values}


def report(key: str = "r1") -> str:
    return REPORT.format(key=key)


def put(folder: Path, name: str, *lines: object) -> Path:
    """Write a file: strings and bytes as they are, other things as JSON, one a line."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(_line(line) for line in lines))
    return path


def _line(line: object) -> bytes:
    if isinstance(line, bytes):
        return line
    text = line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)
    return text.encode() + b"\n"


def told(content: Content) -> list[str]:
    """The problems as a person reads them."""
    return [str(problem) for problem in content.problems]
