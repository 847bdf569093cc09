"""The outermost net: the person gets one sentence, the log the traceback."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.errors import UserError
from bot.models.messages import Message
from bot.services import chats
from bot.texts import Texts, mark
from bot.tg.presses import ANSWER_CHARS
from bot.tg.refusals import CHAT_GONE, PLACE_GONE, says
from bot.tg.sender import reply

if TYPE_CHECKING:
    from bot.tg.context import Context

log = logging.getLogger(__name__)

# What comes of a button that this version never made, an old one or a forged one.
ILLEGIBLE = (ValueError, LookupError, OverflowError)
UNKNOWN = mark("This button has expired, or I don't know it: please send the command again.")
SORRY = mark("Something went wrong here, and it has been noted. Please try again in a moment.")


async def on_error(update: object, context: Context) -> None:
    """PTB's error handler, for handlers and for the work they left running.

    It ends the update: PTB would go on with the handlers that stand behind a gate that failed.
    """
    error = context.error
    if not isinstance(update, Update) or error is None:
        log.error("An error outside of any update.", exc_info=error)
        return
    inbox = context.tools.inbox
    inbox.hold(update.update_id)
    try:
        await _settle(update, context, error)
    except TelegramError as again:
        if _unsent(again):
            inbox.fail(update.update_id)
        log.warning("An answer could not be sent: %s", again)
    except Exception:  # the database is away, perhaps
        inbox.fail(update.update_id)
        log.exception("What went wrong could not be told.")
    finally:
        inbox.release(update.update_id)
    raise ApplicationHandlerStop


async def _settle(update: Update, context: Context, error: Exception) -> None:
    if isinstance(error, Forbidden):
        await _pause(update, context)
    elif isinstance(error, TelegramError) and _unsent(error):
        raise error
    elif isinstance(error, BadRequest) and says(error, CHAT_GONE + PLACE_GONE):
        await _shrug(update, context, error)
    elif isinstance(error, ILLEGIBLE) and update.callback_query and context.coroutine is None:
        log.warning("A button could not be read.", exc_info=error)
        await _apologise(update, context, UserError(UNKNOWN))
    else:
        if not isinstance(error, UserError):
            log.error("A handler failed.", exc_info=error)
        await _apologise(update, context, error)


def _unsent(error: TelegramError) -> bool:
    """Whether it may go better later; BadRequest is a NetworkError to PTB only."""
    return isinstance(error, (NetworkError, RetryAfter)) and not isinstance(error, BadRequest)


async def _pause(update: Update, context: Context) -> None:
    """The bot was blocked or removed: all is kept, /start brings it back."""
    if update.effective_chat:
        await chats.pause(context.tools.db, update.effective_chat.id, context.tools.now())
    if update.callback_query and context.coroutine is None:
        await context.tools.presses.answer(update.callback_query, None)


async def _shrug(update: Update, context: Context, error: BadRequest) -> None:
    """Where it may not write it can't apologise either: a group that lets no bot speak, a topic
    that was closed.
    """
    log.info("Nothing may be written there: %s", error.message)
    if update.callback_query and context.coroutine is None:
        await context.tools.presses.answer(update.callback_query, None)


async def _apologise(update: Update, context: Context, error: Exception) -> None:
    """One sentence: over the pressed button if the press waits for it still and has the room."""
    texts = Texts((await context.tools.gate.chat(update)).language)
    text = texts.error(error) if isinstance(error, UserError) else texts.say(SORRY)
    query = update.callback_query if context.coroutine is None else None
    short = len(text) <= ANSWER_CHARS
    seen = query and await context.tools.presses.answer(query, text if short else None, alert=short)
    if not (seen and short):
        await reply(context.bot, update, Message.of(text))
