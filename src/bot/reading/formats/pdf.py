"""PDF by pdfium: each line with its place on the page, then `layout` makes paragraphs of them."""

from __future__ import annotations

import ctypes
import re
from collections import deque
from itertools import chain, count, repeat
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2
from pypdfium2 import raw

from bot.archives import LOCKED
from bot.config import MAX_PDF_PAGES
from bot.errors import UserError
from bot.reading.formats.draft import Draft
from bot.reading.layout import Printed, arrange
from bot.reading.limits import check_characters
from bot.reading.progress import turned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from bot.models.documents import Document

    Boxes = NDArray[np.void]

_HEAD_BYTES = 1_024
_MANY_LINES = 6
_COLUMN_GAP = 1.2
_WORD, _LINE_END = re.compile(r"\S+"), re.compile(r"\n")
_PASSWORD = raw.FPDF_ERR_PASSWORD
# Broken files give boxes beyond all measure, and some that are no numbers.
_FARTHEST = 1e6


def _plain(function: Any, places: int) -> Any:
    """A function of page, index and places to write to, called for every line of a book.

    With plain numbers, which ctypes passes on fastest, and without giving up the interpreter's
    lock, which nobody else in a worker waits for.
    """
    kind = ctypes.PYFUNCTYPE(
        ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * places
    )
    return kind(ctypes.cast(function, ctypes.c_void_p).value or 0)


_loose_box = _plain(raw.FPDFText_GetLooseCharBox, 1)
_rectangle = _plain(raw.FPDFText_GetRect, 4)
_BOX = np.dtype([(side, np.float32) for side in ("left", "top", "right", "bottom")])


def fits(data: bytes) -> bool:
    """The mark may stand behind a little rubbish, as readers allow it."""
    return b"%PDF-" in data[:_HEAD_BYTES]


def read(data: bytes) -> Document:
    """Running lines and hyphens at line ends are gone; headings are told by their size."""
    title, blocks = arrange(_printed(data))
    draft = Draft()
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


def _printed(data: bytes) -> Printed:
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error) from None
    try:
        if len(pdf) > MAX_PDF_PAGES:
            raise UserError(
                "That PDF has too many pages: it may have {most}.", most=f"{MAX_PDF_PAGES:,}"
            )
        return _all(pdf)
    finally:
        pdf.close()


def _refusal(error: pypdfium2.PdfiumError) -> UserError:
    if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
        return UserError(LOCKED)
    return UserError("That PDF is damaged: it can't be opened.")


def _all(pdf: Any) -> Printed:
    texts: list[str] = []
    counts, boxes, heights = [], [], []
    length = 0
    tell = turned.get()
    for index in range(len(pdf)):
        found, measured, height = _page(pdf, index)
        texts += found
        counts.append(len(found))
        boxes.append(measured)
        heights.append(min(max(height, 0.0), _FARTHEST))
        length += sum(map(len, found))
        tell(index + 1, len(pdf))
        check_characters(length)
    if not any(heights):
        raise UserError("That PDF is damaged: it can't be opened.")
    return _together(texts, counts, b"".join(boxes), heights)


def _together(texts: list[str], counts: list[int], boxes: bytes, heights: list[float]) -> Printed:
    begin, end = _pairs(boxes)
    page = np.repeat(np.arange(len(counts)), counts)
    size = np.maximum(_height(begin), _height(end))
    left, right, foot = _sane(begin["left"]), _sane(end["right"]), _sane(end["bottom"])
    return Printed(texts, page, left, right, foot, size, np.array(heights))


def _page(pdf: Any, index: int) -> tuple[list[str], bytes, float]:
    """The lines, two boxes for each, and the height of the page: 0 if it can't be read.

    By pdfium's bare functions: what pypdfium2 puts around them costs a tenth of the whole time.
    """
    page = raw.FPDF_LoadPage(pdf, index)
    text_page = raw.FPDFText_LoadPage(page) if page else None
    try:
        if not text_page:
            return [], b"", 0.0
        return *_lines(text_page), raw.FPDF_GetPageHeightF(page) or 1.0
    finally:
        raw.FPDFText_ClosePage(text_page)
        raw.FPDF_ClosePage(page)


def _lines(text_page: Any) -> tuple[list[str], bytes]:
    characters = raw.FPDFText_CountChars(text_page)
    text = _text(text_page, characters)
    ruler = _Ruler(text_page, exact=len(text) == characters)
    lines = text.count("\n") + 1
    if lines >= _MANY_LINES and ruler.sees_gaps(1.5 * lines):
        return _parted(text, ruler)
    texts, ends = _placed(text)
    return texts, ruler.boxes(ends)


def _text(text_page: Any, characters: int) -> str:
    # A character takes two units at most, and a zero ends them.
    room = (ctypes.c_ushort * (2 * characters + 1))()
    written = raw.FPDFText_GetText(text_page, 0, characters, room)
    return bytes(memoryview(room)[: max(0, written - 1)]).decode("utf-16-le", "replace")


def _placed(text: str) -> tuple[list[str], list[int]]:
    """The lines, and one after the other the page's indexes of their two ends."""
    texts: list[str] = []
    ends: list[int] = []
    start = 0
    for line in text.split("\n"):
        shown = line.strip()
        if shown:
            first = start + len(line) - len(line.lstrip())
            texts.append(shown)
            ends += (first, first + len(shown) - 1)
        start += len(line) + 1
    return texts, ends


def _parted(text: str, ruler: _Ruler) -> tuple[list[str], bytes]:
    """The same, with lines cut where their words stand so far apart that they are in columns."""
    words = [word.span() for word in _WORD.finditer(text)]
    boxes = ruler.boxes(chain.from_iterable((start, end - 1) for start, end in words))
    begin, end = _pairs(boxes)
    size = np.maximum(_height(begin), _height(end))
    far = _sane(begin["left"])[1:] - _sane(end["right"])[:-1] > _COLUMN_GAP * size[:-1]
    breaks = np.array([sign.start() for sign in _LINE_END.finditer(text)])
    line = np.searchsorted(breaks, [start for start, _ in words])
    cut = np.flatnonzero(far | (line[1:] != line[:-1]))
    first, last = [0, *(cut + 1).tolist()], [*cut.tolist(), len(words) - 1]
    ends = np.ravel((2 * np.array(first), 2 * np.array(last) + 1), "F")
    texts = [text[words[a][0] : words[b][1]] for a, b in zip(first, last, strict=True)]
    return texts, np.frombuffer(boxes, _BOX)[ends].tobytes()


def _pairs(boxes: bytes) -> tuple[Boxes, Boxes]:
    """The first and the second of each two boxes."""
    found = np.frombuffer(boxes, _BOX)
    return found[::2], found[1::2]


def _height(boxes: Boxes) -> NDArray[np.float64]:
    return _sane(boxes["top"]) - _sane(boxes["bottom"])


def _sane(places: NDArray[Any]) -> NDArray[np.float64]:
    return np.clip(np.nan_to_num(places.astype(np.float64)), -_FARTHEST, _FARTHEST)


class _Ruler:
    """Measures the characters of one page."""

    def __init__(self, text_page: Any, *, exact: bool) -> None:
        # Rarely some characters have no text: then indexes of text and of characters differ.
        self._page, self._exact = text_page, exact

    def sees_gaps(self, many: float) -> bool:
        """Whether there are so many pieces of text that some stand far apart on one line."""
        pieces = raw.FPDFText_CountRects(self._page, 0, -1)
        if pieces <= many:
            return False
        sides = np.zeros((4, pieces))
        places = (count(side.ctypes.data, side.itemsize) for side in sides)
        page = ctypes.cast(self._page, ctypes.c_void_p).value
        deque(map(_rectangle, repeat(page), range(pieces), *places), maxlen=0)
        left, top, right, bottom = _sane(sides)
        beside = (bottom[1:] < top[:-1]) & (top[1:] > bottom[:-1])
        # These fit closely round their letters: what is far from box to box is farther here.
        heights = top - bottom
        height = np.maximum(np.median(heights), np.maximum(heights[1:], heights[:-1]))
        return bool(np.any(beside & (left[1:] - right[:-1] > _COLUMN_GAP * height)))

    def boxes(self, indexes: Iterable[int]) -> bytes:
        """The loose boxes of characters, in points, one after the other."""
        if self._exact:
            wanted = list(indexes)
        else:
            find = raw.FPDFText_GetCharIndexFromTextIndex
            wanted = [max(0, find(self._page, index)) for index in indexes]
        size = _BOX.itemsize
        room = ctypes.create_string_buffer(size * len(wanted))
        places = count(ctypes.addressof(room), size)
        page = ctypes.cast(self._page, ctypes.c_void_p).value
        deque(map(_loose_box, repeat(page), wanted, places), maxlen=0)
        return room.raw
