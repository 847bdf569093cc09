"""What was typed after a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.render.foreign import forward
from bot.texts import mark

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context

# A word travels in callback data of 64 bytes, beside a noun and two numbers; a few letters take
# half as many bytes again in lower case.
MOST_BYTES = 32
STAMPED_BYTES = 24
NOBODY = mark("I can't tell who wrote that.")


def argument(context: Context) -> str:
    """The words after the command as one line, cut to what a button can carry."""
    return cut(" ".join(context.args or []))


def cut(text: str) -> str:
    """As much of a text as a button can carry, without what would upset our own words around it."""
    line = " ".join(forward(text).split())
    return line.encode(errors="ignore")[:MOST_BYTES].decode(errors="ignore").strip()


def shortened(word: str) -> str:
    """As much of a word as a button carries beside the stamp of whom it is for."""
    return word.encode()[:STAMPED_BYTES].decode(errors="ignore").strip()


def given(update: Update) -> str:
    """The text after a command as it was written, or that of the message it answers."""
    message = update.message
    if message is None:
        return ""
    _, *rest = (message.text or "").split(maxsplit=1)
    answered = message.reply_to_message
    return rest[0] if rest else (answered and (answered.text or answered.caption)) or ""


def place_of(update: Update, context: Context) -> tuple[int, int]:
    """The chat, and who wrote or pressed there; a UserError for who is nobody."""
    if update.effective_user is None:
        raise UserError(NOBODY)
    return context.chat.id, update.effective_user.id
