"""A document while it is read: blocks are put one below the other, and their places noted."""

from __future__ import annotations

import re

from bot.models.documents import Document
from bot.reading.limits import check_characters, check_lines

_SPACE = re.compile(r"[^\S\n]+")
_BREAK = re.compile(r" ?\n\s*")
# What neither print nor separates: controls, halves of pairs, fillers of typesetters.
_UNFIT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\ufeff\ufffc-\uffff\ud800-\udfff]"
)
# Of these two Python thinks that they print.
_LOST = "\ufffc\ufffd"
_CELL_CHARS = 80


class Draft:
    """Collects a document's text; more of it than may be read is a UserError at once."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._length = 0
        self._pages: list[int] = []
        self._headings: dict[int, int] = {}

    def paragraph(self, text: str) -> None:
        """A paragraph in one line; a `\\n` in it stays, being the author's."""
        text = tidy(text)
        if text:
            self._put(text)

    def heading(self, text: str, level: int) -> None:
        """A heading in one line, of level 1 or deeper."""
        text = tidy(text).replace("\n", " ")
        if text:
            self._headings[self._length] = level
            self._put(text)

    def item(self, text: str) -> None:
        """An item of a list."""
        text = tidy(text)
        if text:
            self._put(f"- {text}")

    def row(self, cells: list[str]) -> None:
        """A row of a table; cells as long as paragraphs are paragraphs."""
        texts = [tidy(cell) for cell in cells]
        if any(len(text) > _CELL_CHARS for text in texts):
            for text in texts:
                self.paragraph(text)
        elif any(texts):
            self._put("| " + " | ".join(text.replace("\n", " ") for text in texts) + " |")

    def page(self) -> None:
        """The next block begins a new page."""
        self._pages.append(self._length)

    @property
    def length(self) -> int:
        """How many characters there are."""
        return self._length

    def document(self, title: str | None = None, language: str | None = None) -> Document:
        """What has been collected."""
        text = "\n\n".join(self._blocks)
        title = tidy(title or "").replace("\n", " ") or None
        return Document(text, title, language, tuple(self._pages), self._headings)

    def _put(self, block: str) -> None:
        self._blocks.append(block)
        self._length += len(block) + 2
        check_lines(len(self._blocks))
        check_characters(self._length)


def tidy(text: str) -> str:
    """Single spaces, no blank lines, nothing that does not print."""
    if not text.isprintable() or any(sign in text for sign in _LOST):
        text = _UNFIT.sub("", text)
    elif "  " not in text:
        return text.strip()
    if "\n" not in text:
        return " ".join(text.split())
    return _BREAK.sub("\n", _SPACE.sub(" ", text)).strip()
