"""OpenDocument texts: paragraphs, headings with their level, lists and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.archives import LOCKED, Archive, is_archive
from bot.errors import UserError
from bot.reading.formats import xml
from bot.reading.formats.draft import Draft
from bot.words.numbers import whole

if TYPE_CHECKING:
    from bot.models.documents import Document

CONTENT, KIND = "content.xml", b"application/vnd.oasis.opendocument.text"
_SKIPPED = frozenset(
    {"tracked-changes", "note", "annotation", "table-of-content", "alphabetical-index", "forms"}
)
_NAMES = ("p", "h", "list", "table", "table-row", "table-cell", *_SKIPPED)
_MOST_SPACES = 100


def fits(data: bytes) -> bool:
    """A ZIP file that says so in a member of its own."""
    return is_archive(data) and Archive(data).read_if_there("mimetype").startswith(KIND)


def read(data: bytes) -> Document:
    """Notes, comments, changes and indexes are left out."""
    archive = Archive(data)
    if b"encryption-data" in archive.read_if_there("META-INF/manifest.xml"):
        raise UserError(LOCKED)
    return _Reader().read(archive.read(CONTENT))


class _Reader:
    def __init__(self) -> None:
        self._draft = Draft()
        self._title: str | None = None
        self._skipped = self._lists = self._tables = 0
        self._cells: list[str] = []

    def read(self, data: bytes) -> Document:
        for event, name, element in xml.events(data, _NAMES):
            step = 1 if event == "start" else -1
            if name in _SKIPPED:
                self._skipped += step
            elif name == "list":
                self._lists += step
            elif name == "table":
                self._tables += step
            elif name == "table-cell" and step > 0 and self._tables == 1:
                self._cells.append("")
            elif step < 0:
                self._end(name, element)
        return self._draft.document(self._title)

    def _end(self, name: str, element: xml.Element) -> None:
        if name == "table-row" and self._tables == 1:
            self._draft.row(self._cells)
            self._cells = []
            xml.free(element)
        elif name in {"p", "h"} and not self._skipped:
            self._block(name, element, _text(element))
            xml.free(element)

    def _block(self, name: str, element: xml.Element, text: str) -> None:
        level = whole(xml.attribute(element, "outline-level") or "") or 1
        if self._tables and self._cells:
            self._cells[-1] += f"\n{text}"
        elif name == "h":
            self._draft.heading(text, level)
        elif self._lists:
            self._draft.item(text)
        else:
            if self._title is None and xml.attribute(element, "style-name") == "Title":
                self._title = text
            self._draft.paragraph(text)


def _text(element: xml.Element) -> str:
    """All words of a paragraph, without those of notes in it."""
    pieces: list[str] = []
    stack = [(element, False)]
    while stack:
        each, after = stack.pop()
        if after:
            pieces.append(each.tail or "")
            continue
        name = xml.name_of(each)
        if each is not element:
            stack.append((each, True))
        if name in _SKIPPED:
            continue
        pieces.append(_sign(name, each) or each.text or "")
        stack += [(child, False) for child in reversed(each)]
    return "".join(piece.replace("\n", " ") if piece != "\n" else piece for piece in pieces)


def _sign(name: str, element: xml.Element) -> str:
    if name == "s":
        return " " * min(whole(xml.attribute(element, "c") or "") or 1, _MOST_SPACES)
    return {"tab": "\t", "line-break": "\n"}.get(name, "")
