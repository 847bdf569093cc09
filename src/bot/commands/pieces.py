"""A message that goes on from a long text before it, which Telegram cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.ext import ApplicationHandlerStop, MessageHandler, filters

from bot.tg.arguments import place_of

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.command import AnyHandler
    from bot.tg.context import Context


async def piece(update: Update, context: Context) -> None:
    """It belongs to that text, whatever it says."""
    if update.message is None:
        return
    text = context.tools.pieces.take(place_of(update, context), update.message)
    if text is not None:
        context.later(update, text.ended())
        raise ApplicationHandlerStop


_WRITTEN = filters.UpdateType.MESSAGE & filters.USER & ~filters.StatusUpdate.ALL

HANDLERS: tuple[AnyHandler, ...] = (MessageHandler(_WRITTEN, piece),)
