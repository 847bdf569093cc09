"""Rich Text Format: its words between the control words (RTF 1.9.1)."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from bot.archives import LARGE
from bot.errors import UserError
from bot.reading.formats.draft import Draft

if TYPE_CHECKING:
    from bot.models.documents import Document

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])"
    rb"|[\r\n]+|([^\\{}\r\n]+)"
)
_SKIPPED_NAMES = """
fonttbl colortbl stylesheet info pict object header footer headerl headerr headerf footerl footerr
footerf footnote annotation listtable listoverridetable rsidtbl themedata datastore xmlnstbl
generator fldinst latentstyles colorschememapping bkmkstart bkmkend xe tc
"""
_SKIPPED = frozenset(name.encode() for name in _SKIPPED_NAMES.split())
_SIGNS = {
    b"tab": "\t", b"line": "\n", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"cell": "\t", b"nestcell": "\t",
}  # fmt: skip
_ENDS = {b"par", b"sect", b"page", b"row", b"nestrow"}
_SYMBOLS = {b"~": " ", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}
_DEEPEST = 1_000
# A book has a tenth of these; what has more is made to be slow.
_MOST_TOKENS = 3_000_000


def fits(data: bytes) -> bool:
    """The mark at the very beginning."""
    return data.startswith(b"{\\rtf")


def read(data: bytes) -> Document:
    """Tables of fonts and styles, pictures, headers and notes are left out."""
    return _Reader().read(data)


class _Reader:
    def __init__(self) -> None:
        self._draft = Draft()
        self._words: list[str] = []
        self._bytes = bytearray()
        self._codec = "cp1252"
        # For each open group: whether it is skipped, and how many characters stand for a `\\u`.
        self._groups: list[tuple[bool, int]] = []
        self._skipped, self._fallback, self._pass = False, 1, 0

    def read(self, data: bytes) -> Document:
        for count, token in enumerate(_TOKEN.finditer(data)):
            if count > _MOST_TOKENS:
                raise UserError(LARGE)
            word, number, hexed, symbol, brace, text = token.groups()
            if brace:
                self._brace(brace)
            elif word:
                self._word(word, int(number) if number else None)
            elif symbol:
                self._symbol(symbol)
            elif not self._skipped and (hexed or text):
                self._take(bytes.fromhex(hexed.decode()) if hexed else text)
        self._paragraph()
        return self._draft.document()

    def _brace(self, brace: bytes) -> None:
        if brace == b"{" and len(self._groups) < _DEEPEST:
            self._groups.append((self._skipped, self._fallback))
        elif brace == b"}" and self._groups:
            self._skipped, self._fallback = self._groups.pop()

    def _word(self, word: bytes, number: int | None) -> None:
        if word in _SKIPPED:
            self._skipped = True
        elif word == b"ansicpg" and number:
            self._codec = _codec(number)
        elif word == b"uc" and number is not None:
            self._fallback = max(0, number)
        elif self._skipped:
            return
        elif word == b"u" and number is not None:
            self._settle()
            self._words.append(chr(number % 65_536))
            self._pass = self._fallback
        elif word in _SIGNS:
            self._settle()
            self._words.append(_SIGNS[word])
        elif word in _ENDS:
            self._paragraph()

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._skipped = True
        elif not self._skipped and symbol in {b"\r", b"\n"}:  # the Mac's way to end a paragraph
            self._paragraph()
        elif not self._skipped and symbol in _SYMBOLS:
            self._settle()
            self._words.append(_SYMBOLS[symbol])

    def _take(self, text: bytes) -> None:
        passed = min(self._pass, len(text))
        self._pass -= passed
        self._bytes += text[passed:]

    def _settle(self) -> None:
        """Bytes gathered so far as text: a character may take two of them."""
        if self._bytes:
            self._words.append(bytes(self._bytes).decode(self._codec, "replace"))
            self._bytes.clear()

    def _paragraph(self) -> None:
        self._settle()
        text = "".join(self._words)
        self._words.clear()
        # Above the first plane a character comes as two halves.
        whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        self._draft.paragraph(whole)


def _codec(page: int) -> str:
    try:
        return codecs.lookup(f"cp{page}").name
    except LookupError:
        return "cp1252"
