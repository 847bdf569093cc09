"""PDF by pdfium: each line with its place on the page, then `layout` makes paragraphs of them."""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING, Any

import pypdfium2
from pypdfium2 import raw

from bot.config import MAX_PDF_PAGES, MAX_TEXT_CHARS
from bot.errors import UserError
from bot.reading.formats.draft import Draft
from bot.reading.layout import Line, Page, arrange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.models.documents import Document

_HEAD_BYTES = 1_024
_MANY_LINES = 6
_COLUMN_GAP = 1.2
_SPACES = re.compile(r"(?<=\S) +(?=\S)")
_PASSWORD = raw.FPDF_ERR_PASSWORD


def fits(data: bytes) -> bool:
    """The mark may stand behind a little rubbish, as readers allow it."""
    return b"%PDF-" in data[:_HEAD_BYTES]


def read(data: bytes) -> Document:
    """Running lines and hyphens at line ends are gone; headings are told by their size."""
    pages = _pages(data)
    draft = Draft()
    title, blocks = arrange(pages)
    number = 0
    for block in blocks:
        while number < block.page:
            draft.page()
            number += 1
        if block.level:
            draft.heading(block.text, block.level)
        else:
            draft.paragraph(block.text)
    if not draft.length:
        raise UserError(
            "That PDF holds no text, only pictures of pages (a scan). Please send one with text."
        )
    return draft.document(title)


def _pages(data: bytes) -> list[Page]:
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error) from None
    try:
        return _all(pdf)
    finally:
        pdf.close()


def _refusal(error: pypdfium2.PdfiumError) -> UserError:
    if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
        return UserError("That document is locked with a password; please save it without one.")
    return UserError("That PDF is damaged: it can't be opened.")


def _all(pdf: Any) -> list[Page]:
    pages: list[Page] = []
    length = broken = 0
    for index in range(min(len(pdf), MAX_PDF_PAGES)):
        try:
            found = _page(pdf, index)
        except pypdfium2.PdfiumError:
            found, broken = Page((), 1.0), broken + 1
        pages.append(found)
        length += sum(len(line.text) for line in found.lines)
        if length > MAX_TEXT_CHARS:
            raise UserError(
                "That text is too long to read: it may have {most} characters.",
                most=f"{MAX_TEXT_CHARS:,}",
            )
    if broken == len(pages):
        raise UserError("That PDF is damaged: it can't be opened.")
    return pages


def _page(pdf: Any, index: int) -> Page:
    page = pdf[index]
    try:
        text_page = page.get_textpage()
        try:
            return Page(tuple(_lines(text_page)), page.get_height() or 1.0)
        finally:
            text_page.close()
    finally:
        page.close()


def _lines(text_page: Any) -> list[Line]:
    text = text_page.get_text_range(errors="replace")
    pencil = _Pencil(text_page, exact=len(text) == text_page.count_chars())
    found: list[tuple[Line, int]] = []
    start = 0
    for line in text.split("\n"):
        shown = line.strip()
        if shown:
            found.append(pencil.line(shown, start + line.index(shown)))
        start += len(line) + 1
    if len(found) >= _MANY_LINES and raw.FPDFText_CountRects(text_page, 0, -1) > 1.5 * len(found):
        return [part for placed in found for part in pencil.parted(*placed)]
    return [line for line, _ in found]


class _Pencil:
    """Measures lines of one page by the boxes of their characters."""

    def __init__(self, text_page: Any, *, exact: bool) -> None:
        # Rarely some characters have no text: then indexes of text and of characters differ.
        self._page, self._exact = text_page, exact
        self._begin, self._end = raw.FS_RECTF(), raw.FS_RECTF()
        self._at_begin, self._at_end = ctypes.byref(self._begin), ctypes.byref(self._end)

    def line(self, text: str, first: int) -> tuple[Line, int]:
        """The line that begins with the page's character `first`, in points from its foot."""
        begin, end = self._begin, self._end
        self._measure(first, self._at_begin)
        self._measure(first + len(text) - 1, self._at_end)
        size = max(begin.top - begin.bottom, end.top - end.bottom)
        return Line(text, begin.left, end.right, end.bottom, size), first

    def parted(self, line: Line, first: int) -> Iterator[Line]:
        """The pieces of a line that stand so far apart that they belong to columns."""
        start = 0
        for space in _SPACES.finditer(line.text):
            self._measure(first + space.start() - 1, self._at_begin)
            self._measure(first + space.end(), self._at_end)
            if self._end.left - self._begin.right > _COLUMN_GAP * line.size:
                yield self.line(line.text[start : space.start()], first + start)[0]
                start = space.end()
        yield self.line(line.text[start:], first + start)[0]

    def _measure(self, index: int, box: Any) -> None:
        if not self._exact:
            index = max(0, raw.FPDFText_GetCharIndexFromTextIndex(self._page, index))
        raw.FPDFText_GetLooseCharBox(self._page, index, box)
