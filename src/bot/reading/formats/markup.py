"""A tree of HTML, or of what is much like it, walked into blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from bot.reading.formats.xml import Element, name_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.reading.formats.draft import Draft

    Level = Callable[[Element], int | None]

_BLOCK_NAMES = """
address article aside blockquote body caption cell center dd div dl dt fieldset figcaption figure
footer head header hr item li list main ol p pre quote row section table tbody td tfoot th thead
title tr ul h1 h2 h3 h4 h5 h6
"""
_SKIPPED_NAMES = """
script style nav form button noscript svg math template iframe select option textarea object video
audio canvas map rt rp graphic
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
_CELLS, _ROWS = {"td", "th", "cell"}, {"tr", "row"}
_ITEMS, _LINES = {"li", "item"}, {"br", "lb"}


def blocks(tree: Element, draft: Draft, level: Level) -> None:
    """Put the tree's text into the draft; `level` says which element is a heading."""
    _Walk(draft, level).run(tree)


def heading_level(element: Element) -> int | None:
    """Of `h1` to `h6`."""
    name = name_of(element)
    return int(name[1]) if len(name) == 2 and name[0] == "h" and name[1] in "123456" else None


class _Walk:
    def __init__(self, draft: Draft, level: Level) -> None:
        self._draft, self._level = draft, level
        self._words: list[str] = []
        self._cells: list[str] = []

    def run(self, tree: Element) -> None:
        walk = etree.iterwalk(tree, events=("start", "end"))
        for event, element in walk:
            name = name_of(element).lower()
            if event == "start":
                self._start(name, element)
                if name in _SKIPPED or not name:
                    walk.skip_subtree()
            else:
                self._end(name, element)
        self._flush("", None)

    def _start(self, name: str, element: Element) -> None:
        if name in _BLOCKS:
            parent = element.getparent()
            self._flush(name_of(parent) if parent is not None else "", None)
        elif name in _LINES:
            self._words.append("\n")
        if name not in _SKIPPED and name:
            self._words.append(_flat(element.text))

    def _end(self, name: str, element: Element) -> None:
        if name in _BLOCKS:
            self._flush(name, element)
        if name in _ROWS:
            self._draft.row(self._cells)
            self._cells = []
        self._words.append(_flat(element.tail))

    def _flush(self, name: str, element: Element | None) -> None:
        text = "".join(self._words).strip()
        self._words.clear()
        if not text:
            return
        level = self._level(element) if element is not None else None
        if name in _CELLS:
            self._cells.append(text)
        elif level is not None:
            self._draft.heading(text, level)
        elif name in _ITEMS:
            self._draft.item(text)
        else:
            self._draft.paragraph(text)


def _flat(text: str | None) -> str:
    """Line ends of the file mean nothing in markup."""
    return (text or "").replace("\r", " ").replace("\n", " ")
