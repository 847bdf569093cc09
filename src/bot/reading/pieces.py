"""A report out of the pieces in which it was sent: joined, and its title and page's path found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models.documents import Collected
from bot.reading.page import opening
from bot.words.joining import join
from bot.words.language import detect

if TYPE_CHECKING:
    from collections.abc import Sequence

# A text without a title is called by its first words.
TITLE_WORDS, TITLE_CHARS = 8, 40


def collect(pieces: Sequence[str], start: int, title: str | None) -> Collected:
    """The report from `start` on; its text is empty if there is none. `title` is a document's."""
    text = join(pieces)[start:].strip()
    found = opening(text, title)
    body = text[found.start :].strip()
    if not any(char.isalnum() for char in body):
        return Collected("", "", "", found.section_hint)
    return Collected(found.title or _beginning(body), body, detect(body), found.section_hint)


def _beginning(body: str) -> str:
    line = body.splitlines()[0]
    start = " ".join(line.split()[:TITLE_WORDS])[:TITLE_CHARS].rstrip()
    return start if start == line.strip() else f"{start}…"
