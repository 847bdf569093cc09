"""Tells admins how far their announcements have come, in the one message of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.render import announcements as render
from bot.services import announcements
from bot.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.models.announcements import Watched
    from bot.models.messages import Message
    from bot.tg.context import Tools

    # Rewrites a message by its chat and number; False if nobody sees it any more.
    Amend = Callable[[int, int, Message], Awaitable[bool]]


async def run(tools: Tools, amend: Amend, now: datetime) -> None:
    """One query when nothing is announced."""
    for watched in await announcements.watched(tools.db):
        await _tell(tools, amend, watched)


async def _tell(tools: Tools, amend: Amend, watched: Watched) -> None:
    """Rewrite the message if there is news; after the last there is nothing left to watch."""
    one, pace = watched.one, tools.settings.messages_per_second
    progress = await announcements.progress(tools.db, one, pace)
    message = render.panel(one, progress, Texts(watched.language))
    told, seen = str(message.html), True
    if told != watched.told:
        bound = tools.bound(one.by, message)
        seen = await amend(one.source.chat_id, watched.panel_id, bound)
    panel = watched.panel_id if progress.open and seen else None
    await announcements.watch(tools.db, one, panel, told)
