"""Tells admins how far their announcements have come, in the one message of each."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram.error import BadRequest, Forbidden

from bot.render import announcements as render
from bot.services import announcements
from bot.texts import Texts
from bot.tg.sender import amend

if TYPE_CHECKING:
    from datetime import datetime

    from telegram.ext import ExtBot

    from bot.models.announcements import Watched
    from bot.tg.context import Tools

log = logging.getLogger(__name__)


async def run(tools: Tools, bot: ExtBot[bool], now: datetime) -> None:
    """One query when nothing is announced."""
    for watched in await announcements.watched(tools.db):
        await _tell(tools, bot, watched)


async def _tell(tools: Tools, bot: ExtBot[bool], watched: Watched) -> None:
    """Rewrite the message if there is news; after the last there is nothing left to watch."""
    one, pace = watched.one, tools.settings.messages_per_second
    progress = await announcements.progress(tools.db, one, pace)
    message = render.panel(one, progress, Texts(watched.language))
    told = str(message.html)
    try:
        if told != watched.told:
            bound = tools.bound(one.by, message)
            await amend(bot, one.source.chat_id, watched.panel_id, bound)
    except (BadRequest, Forbidden) as error:
        log.info("Nobody sees how an announcement goes: %s", error.message)
        await announcements.watch(tools.db, one, None)
    else:
        panel = watched.panel_id if progress.open else None
        await announcements.watch(tools.db, one, panel, told)
