"""Office files of before 2007, and newer ones under a password: what no reader here opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import UserError

if TYPE_CHECKING:
    from bot.models.documents import Document

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def fits(data: bytes) -> bool:
    """The mark of a compound file."""
    return data.startswith(_MAGIC)


def read(_: bytes) -> Document:
    """Always a UserError."""
    raise UserError(
        "That is an old Office file, or one with a password; please save it as .docx, .odt or PDF"
        " without one."
    )
