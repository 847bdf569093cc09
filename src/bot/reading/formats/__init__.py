"""The roll of document formats: bytes become a document, told by content and never by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.errors import UserError
from bot.reading.formats import (
    docx,
    epub,
    feed,
    html,
    markdown,
    odt,
    ole,
    pdf,
    pptx,
    rtf,
    sheet,
    text,
)
from bot.words import encodings

if TYPE_CHECKING:
    from bot.models.documents import Document


class Format(Protocol):
    """What a file of this folder offers."""

    def fits(self, data: bytes, /) -> bool:
        """Whether the bytes look like this format, by their beginning."""

    def read(self, data: bytes, /) -> Document:
        """The document; a UserError says in one sentence why it can't be read."""


# The first that fits reads; plain text takes what no other does.
ROLL: tuple[Format, ...] = (pdf, docx, pptx, epub, odt, sheet, ole, rtf, feed, html, markdown, text)


# What has no encoding of its own inside.
TEXTS: tuple[Format, ...] = (html, markdown, text)


def document(data: bytes, charset: str | None = None) -> Document:
    """The document in a file; a UserError says in one sentence why it can't be read.

    `charset` is what a server says of it.
    """
    if not data:
        raise UserError("There is nothing to read: the file is empty.")
    form = next(form for form in ROLL if form.fits(data))
    if charset and form in TEXTS:
        data = encodings.to_utf8(data, charset)
    return form.read(data)
