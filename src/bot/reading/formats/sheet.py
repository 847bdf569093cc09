"""Spreadsheets: archives as well, but what is in their cells is no text to quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.archives import Archive, is_archive
from bot.errors import UserError

if TYPE_CHECKING:
    from bot.models.documents import Document

_EXCEL = ("xl/workbook.xml", "xl/workbook.bin")
_OPENDOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"


def fits(data: bytes) -> bool:
    """A ZIP file with Excel's main part, or one that says so in a member of its own."""
    if not is_archive(data):
        return False
    archive = Archive(data)
    says = archive.read_if_there("mimetype")
    return says.startswith(_OPENDOCUMENT) or any(main in archive for main in _EXCEL)


def read(_: bytes) -> Document:
    """Always a UserError."""
    raise UserError("That is a spreadsheet; please save what should be read as PDF or .docx.")
