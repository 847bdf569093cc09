"""Plain text in any encoding: the source is the text as it stands in the file."""

from __future__ import annotations

from bot.archives import is_archive
from bot.errors import UserError
from bot.models.documents import Document
from bot.words import encodings


def fits(_: bytes) -> bool:
    """Whatever no other format takes."""
    return True


def read(data: bytes) -> Document:
    """The text untouched, with its byte-order mark and its own line ends."""
    if is_archive(data):
        raise UserError("That archive holds no document I can read; please send the file itself.")
    found = encodings.decode(data)
    if found is None or encodings.is_binary(found):
        raise UserError("That is not a text: it looks like a binary file.")
    return Document(found)
