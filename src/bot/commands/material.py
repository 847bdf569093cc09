"""What is sent in private while a draft is open, and files with an admin's command under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.ext import ApplicationHandlerStop, MessageHandler, filters

from bot.commands import addreport, importing
from bot.commands import drafts as preview
from bot.errors import UserError
from bot.models.roles import may
from bot.services import drafts
from bot.tg.arguments import place_of
from bot.tg.command import OWN_WORD

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.roles import Needs
    from bot.tg.command import AnyHandler, Command
    from bot.tg.context import Context

CAPTIONS = (addreport.COMMAND, importing.COMMAND)


async def material(update: Update, context: Context) -> None:
    """What is sent in private while a draft waits for it belongs to the draft."""
    draft = await drafts.current(context.tools.db, place_of(update, context))
    collects = draft is not None and draft.asks == "parts"
    under = None if collects else _under_a_file(update)
    if under and await _still_may(update, context, under.needs):
        await under.run(update, context)
        raise ApplicationHandlerStop
    if draft is None or draft.asks is None or not await _still_may(update, context):
        return
    try:
        await preview.take(update, context, draft)
    except UserError as error:
        await context.application.process_error(update, error)
    raise ApplicationHandlerStop


def _under_a_file(update: Update) -> Command | None:
    """A command in a file's caption counts, unless somebody passes it on."""
    message = update.message
    caption = (message and message.document and message.caption) or ""
    if message is None or not OWN_WORD.check_update(update):
        return None
    first = caption.lower().split()[:1]
    return next((each for each in CAPTIONS if first == [f"/{each.name}"]), None)


async def _still_may(update: Update, context: Context, needs: Needs | None = "editor") -> bool:
    return may(await context.role(update), needs)


# A command that somebody passes on is material, never a command.
_WORD = ~filters.COMMAND | filters.FORWARDED
_SENT = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL & _WORD

HANDLERS: tuple[AnyHandler, ...] = (MessageHandler(_SENT, material),)
