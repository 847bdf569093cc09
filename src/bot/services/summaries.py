"""What people send, read once and kept for the buttons under its summary."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from bot.child import tasks
from bot.config import MAX_DOWNLOAD_BYTES
from bot.errors import UserError
from bot.services import boilers
from bot.store import summaries as rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.child import Children, Progress
    from bot.fetch import Web
    from bot.models.summaries import Kept
    from bot.store.database import Database


async def known(db: Database, chat_id: int, update_id: int) -> Kept | None:
    """What was made for this update before, if it comes a second time."""
    return await db.read(rows.of_update, chat_id, update_id)


async def of_text(
    db: Database,
    children: Children,
    chat_id: int,
    update_id: int,
    text: tuple[Sequence[str], int],
    now: datetime,
) -> Kept:
    """Read a text of (pieces in which it was sent, where it begins); a UserError says why it
    can't be.
    """
    reading = await children.run(tasks.read_pieces, *text)
    return await db.write(rows.keep, chat_id, update_id, reading.title, reading, now)


async def of_file(
    db: Database,
    children: Children,
    chat_id: int,
    update_id: int,
    file: tuple[str, bytes],
    now: datetime,
    progress: Progress | None = None,
) -> Kept:
    """Read a file of (name, content); its name is the title of a document without one."""
    name, data = file
    reading = await children.run(tasks.read_file, data, None, progress=progress)
    title = reading.title or PurePath(name).stem or None
    return await db.write(rows.keep, chat_id, update_id, title, reading, now)


async def of_link(
    db: Database,
    web: Web,
    children: Children,
    chat_id: int,
    update_id: int,
    link: str,
    now: datetime,
    progress: Progress | None = None,
) -> Kept:
    """Fetch a page or document and read it; a UserError says why it can't be had or read."""
    page = await web.get(link, most=MAX_DOWNLOAD_BYTES)
    whole = await children.run(tasks.read_file, page.body, page.charset, progress=progress)
    reading = boilers.without(whole, await boilers.known(db, page.url))
    title = reading.title or _name(page.url)
    return await db.write(rows.keep, chat_id, update_id, title, reading, now, page.url)


async def from_file(db: Database, kept: Kept, file_id: str) -> Kept:
    """Telegram keeps its file under this name."""
    await db.write(rows.set_file, kept.id, file_id)
    return replace(kept, file_id=file_id)


async def find(db: Database, chat_id: int, summary_id: int) -> Kept:
    """A summary of this chat; a UserError if it is no longer kept."""
    kept = await db.read(rows.find, chat_id, summary_id)
    if kept is None:
        raise UserError("That summary is no longer kept. Please send the text again.")
    return kept


def _name(url: str) -> str:
    """What a page without a title is called: the last word of its address, or its server."""
    parts = urlsplit(url)
    return PurePath(unquote(parts.path)).stem or parts.netloc
