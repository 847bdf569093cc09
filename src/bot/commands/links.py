"""A link that is simply sent to the bot in a private chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.ext import MessageHandler, filters

from bot.commands import summarize
from bot.tg import links

if TYPE_CHECKING:
    from telegram import Message

    from bot.tg.command import AnyHandler


class _AboutALink(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return links.of(message) is not None


_SENT = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & ~filters.COMMAND

HANDLERS: tuple[AnyHandler, ...] = (MessageHandler(_SENT & _AboutALink(), summarize.link),)
