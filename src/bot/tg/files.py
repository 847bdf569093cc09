"""Files that people sent, fetched from the Bot API server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.error import BadRequest

from bot.config import MAX_DOWNLOAD_BYTES
from bot.errors import UserError

if TYPE_CHECKING:
    from telegram import Document
    from telegram.ext import ExtBot


async def download(bot: ExtBot[bool], document: Document) -> bytes:
    """The content; a UserError before anything is fetched if it is too large."""
    if (document.file_size or 0) > MAX_DOWNLOAD_BYTES:
        raise _too_large()
    return await file_of(bot, document.file_id)


async def file_of(bot: ExtBot[bool], file_id: str) -> bytes:
    """The content of a file that was sent before."""
    try:
        file = await bot.get_file(file_id)
    except BadRequest as error:
        if "too big" in error.message.lower():
            raise _too_large() from None
        raise UserError("Telegram does not hand out that file: please send it again.") from None
    return bytes(await file.download_as_bytearray())


def _too_large() -> UserError:
    return UserError(
        "That file is too large: I can read files of up to {most} MB.",
        most=MAX_DOWNLOAD_BYTES // 2**20,
    )
