"""A file that is simply sent to the bot, or anywhere with /summarize as its caption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.ext import MessageHandler, filters

from bot.commands import summarize

if TYPE_CHECKING:
    from bot.tg.command import AnyHandler

_ASKED = filters.ChatType.PRIVATE | filters.CaptionRegex(r"(?i)^/summarize\b")
_FILE = filters.UpdateType.MESSAGE & filters.Document.ALL & _ASKED

HANDLERS: tuple[AnyHandler, ...] = (MessageHandler(_FILE, summarize.file),)
