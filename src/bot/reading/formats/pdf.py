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

from bot.config import MAX_PDF_PAGES, MAX_TEXT_CHARS
from bot.errors import UserError
from bot.reading.formats.draft import Draft
from bot.reading.layout import Printed, arrange
from bot.reading.progress import turned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from bot.models.documents import Document

    Boxes = NDArray[np.void]

_HEAD_BYTES = 1_024
_MANY_LINES = 6
_COLUMN_GAP = 1.2
_SPACES = re.compile(r"(?<=\S) +(?=\S)")
_PASSWORD = raw.FPDF_ERR_PASSWORD
# Broken files give boxes beyond all measure, and some that are no numbers.
_FARTHEST = 1e6

# Called a hundred thousand times for a book: with plain numbers, which ctypes passes on fastest,
# and without giving up the interpreter's lock, which nobody else in a worker waits for.
_loose_box = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)
_BOX = np.dtype([(side, np.float32) for side in ("left", "top", "right", "bottom")])

# The texts of lines; and for each, one after the other, the page's indexes of its two ends.
Lines = tuple[list[str], list[int]]


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
        return UserError("That document is locked with a password; please save it without one.")
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
        if length > MAX_TEXT_CHARS:
            raise UserError(
                "That text is too long to read: it may have {most} characters.",
                most=f"{MAX_TEXT_CHARS:,}",
            )
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
    texts, ends = _placed(text)
    boxes = ruler.boxes(ends)
    if len(texts) >= _MANY_LINES and raw.FPDFText_CountRects(text_page, 0, -1) > 1.5 * len(texts):
        texts, ends = _parted(texts, ends, boxes, ruler)
        boxes = ruler.boxes(ends)
    return texts, boxes


def _text(text_page: Any, characters: int) -> str:
    # A character takes two units at most, and a zero ends them.
    room = (ctypes.c_ushort * (2 * characters + 1))()
    written = raw.FPDFText_GetText(text_page, 0, characters, room)
    return bytes(memoryview(room)[: max(0, written - 1)]).decode("utf-16-le", "replace")


def _placed(text: str) -> Lines:
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


def _parted(texts: list[str], ends: list[int], boxes: bytes, ruler: _Ruler) -> Lines:
    """The pieces of lines that stand so far apart that they belong to columns."""
    spaces = [
        [(first + space.start(), first + space.end()) for space in _SPACES.finditer(text)]
        for text, first in zip(texts, ends[::2], strict=True)
    ]
    around = ((begin - 1, end) for each in spaces for begin, end in each)
    before, after = _pairs(ruler.boxes(chain.from_iterable(around)))
    size = np.repeat(np.maximum(*map(_height, _pairs(boxes))), [len(each) for each in spaces])
    wide = iter((_sane(after["left"]) - _sane(before["right"]) > _COLUMN_GAP * size).tolist())
    parts: list[str] = []
    sides: list[int] = []
    for text, first, last, each in zip(texts, ends[::2], ends[1::2], spaces, strict=True):
        gaps = [gap for gap in each if next(wide)]
        cuts = [first, *chain.from_iterable(gaps), last + 1]
        parts += [text[b - first : e - first] for b, e in zip(cuts[::2], cuts[1::2], strict=True)]
        sides += [side - odd % 2 for odd, side in enumerate(cuts)]
    return parts, sides


def _pairs(boxes: bytes) -> tuple[Boxes, Boxes]:
    """The first and the second of each two boxes."""
    found = np.frombuffer(boxes, _BOX)
    return found[::2], found[1::2]


def _height(boxes: Boxes) -> NDArray[np.float64]:
    return _sane(boxes["top"]) - _sane(boxes["bottom"])


def _sane(places: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.clip(np.nan_to_num(places.astype(np.float64)), -_FARTHEST, _FARTHEST)


class _Ruler:
    """Measures the characters of one page."""

    def __init__(self, text_page: Any, *, exact: bool) -> None:
        # Rarely some characters have no text: then indexes of text and of characters differ.
        self._page, self._exact = text_page, exact

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
