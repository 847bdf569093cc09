"""Word documents: paragraphs, headings by style, lists and tables of the main part."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.archives import Archive, is_archive
from bot.reading.formats import xml
from bot.reading.formats.draft import Draft
from bot.words.numbers import whole

if TYPE_CHECKING:
    from bot.models.documents import Document

MAIN = "word/document.xml"
_HEADING = re.compile(r"(?:heading|标题|überschrift|titre|título)\s*([1-9])", re.IGNORECASE)
_TITLE, _CONTENTS, _LIST = "title", "toc", "list"
_SKIPPED = frozenset({"Fallback", "moveFrom", "footnote", "comment"})
_NAMES = ("p", "tbl", "tr", "tc", "sectPr", *_SKIPPED)
_MOST_BASES = 10
_TEXT_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Style:
    """What a style makes of a paragraph: a heading of a level, or a named kind."""

    level: int | None = None
    kind: str = ""


@dataclass(slots=True)
class _Table:
    """The row of the outermost table that is being read."""

    depth: int = 0
    cells: list[str] = field(default_factory=list)


def fits(data: bytes) -> bool:
    """A ZIP file with Word's main part."""
    return is_archive(data) and _main(Archive(data)) is not None


def read(data: bytes) -> Document:
    """Text boxes included; headers, footers, notes, comments and deleted text are left out."""
    archive = Archive(data)
    main = _main(archive) or MAIN
    styles = _styles(archive.read_if_there(posixpath.join(posixpath.dirname(main), "styles.xml")))
    return _Reader(styles).read(archive.read(main))


def _main(archive: Archive) -> str | None:
    """The name of the main part, as the package says."""
    for _, element in xml.ends(archive.read_if_there("_rels/.rels"), "Relationship"):
        kind = element.get("Type", "")
        target = element.get("Target", "").lstrip("/")
        if kind.endswith("/officeDocument") and target.startswith("word/") and target in archive:
            return str(target)
    return MAIN if MAIN in archive else None


class _Reader:
    def __init__(self, styles: dict[str, Style]) -> None:
        self._styles = styles
        self._draft = Draft()
        self._title: str | None = None
        self._table = _Table()
        self._skipped = 0
        # A letter over several lines is a paragraph of its own, before that of its word.
        self._initial = ""

    def read(self, data: bytes) -> Document:
        for event, name, element in xml.events(data, _NAMES):
            if name in _SKIPPED:
                self._skipped += 1 if event == "start" else -1
            elif name == "tbl":
                self._table.depth += 1 if event == "start" else -1
            elif name == "tc" and event == "start" and self._table.depth == 1:
                self._table.cells.append("")
            elif event == "end" and name == "tr" and self._table.depth == 1:
                self._draft.row(self._table.cells)
                self._table.cells = []
                xml.free(element)
            elif event == "end" and name == "p":
                self._paragraph(element)
                xml.free(element)
            elif event == "end" and name == "sectPr":
                xml.free(element)
        return self._draft.document(self._title)

    def _paragraph(self, element: xml.Element) -> None:
        text = self._initial + _text(element).strip()
        if not text or self._skipped:
            return
        self._initial = text if _is_drop_cap(element) else ""
        if self._initial:
            return
        if self._table.depth and self._table.cells:
            self._table.cells[-1] += f"\n{text}"
            return
        style, listed = self._style(element)
        if style.kind == _TITLE and self._title is None:
            self._title = " ".join(text.split())
            self._draft.paragraph(self._title)
        elif style.level is not None:
            self._draft.heading(text, style.level)
        elif listed or style.kind == _LIST:
            self._draft.item(text)
        elif style.kind != _CONTENTS:
            self._draft.paragraph(text)

    def _style(self, element: xml.Element) -> tuple[Style, bool]:
        style, listed = Style(), False
        first = element[0] if len(element) else None
        if first is None or xml.name_of(first) != "pPr":
            return style, listed
        for each in first:
            name, value = xml.name_of(each), xml.attribute(each, "val") or ""
            if name == "pStyle":
                style = self._styles.get(value, style)
            elif name == "outlineLvl":
                style = Style(_level(value))
            listed = listed or name == "numPr"
        return style, listed


def _is_drop_cap(element: xml.Element) -> bool:
    frame = element.find("{*}pPr/{*}framePr")
    return frame is not None and xml.attribute(frame, "dropCap") in {"drop", "margin"}


def _text(element: xml.Element) -> str:
    pieces = []
    for each in element.iter():
        name = xml.name_of(each)
        if name == "t":
            pieces.append(each.text or "")
        elif name in {"tab", "ptab"}:
            pieces.append("\t")
        elif name in {"br", "cr"}:
            pieces.append("\n")
        elif name == "noBreakHyphen":
            pieces.append("-")
    return "".join(pieces)


def _styles(data: bytes) -> dict[str, Style]:
    found: dict[str, Style] = {}
    bases: dict[str, str] = {}
    for _, element in xml.ends(data, "style"):
        key = xml.attribute(element, "styleId") or ""
        found[key], bases[key] = _one_style(element)
        xml.free(element)
    return {key: _inherited(key, found, bases) for key in found}


def _one_style(element: xml.Element) -> tuple[Style, str]:
    called, base, level = "", "", None
    for each in element.iter():
        name, value = xml.name_of(each), xml.attribute(each, "val") or ""
        if name == "name":
            called = value.lower()
        elif name == "basedOn":
            base = value
        elif name == "outlineLvl":
            level = _level(value)
    heading = _HEADING.match(called)
    if heading:
        level = int(heading[1])
    kinds = {"title": _TITLE, "标题": _TITLE}
    kind = kinds.get(called, "")
    for begin in (_CONTENTS, _LIST):
        kind = begin if called.startswith(begin) else kind
    return Style(level, kind), base


def _level(value: str) -> int | None:
    """Counted from 0; 9 means the text below the headings."""
    number = whole(value)
    return number + 1 if number is not None and number < _TEXT_LEVEL else None


def _inherited(key: str, found: dict[str, Style], bases: dict[str, str]) -> Style:
    style = found[key]
    for _ in range(_MOST_BASES):
        key = bases.get(key, "")
        if style.level is not None or style.kind or key not in found:
            break
        style = found[key]
    return style
