"""/submit: a joke of one's own for the shelf, after a moderator has looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.models.messages import Message
from bot.services import submissions
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import reply

if TYPE_CHECKING:
    import telegram
    from telegram import Update

    from bot.tg.context import Context

USAGE = mark(
    "Write the joke after it: /submit My boss wants me to think outside the box. | I was hired to "
    "make boxes. What comes after | stays hidden until it is tapped. Or answer a message of yours "
    "with /submit."
)


async def run(update: Update, context: Context) -> None:
    person, tools, texts = update.effective_user, context.tools, context.texts
    text = _text(update.message) if update.message else ""
    if person is None or person.is_bot or not text:
        raise UserError(USAGE)
    await submissions.submit(
        tools.db, person.id, text, context.chat.language, update.update_id, tools.now()
    )
    said = texts.say("Thank you! Somebody will look at it, and then you hear from me.")
    await reply(context.bot, update, Message.of(said))


def _text(message: telegram.Message) -> str:
    """What stands after the command, or in the message of one's own that it answers."""
    typed = (message.text or "").split(maxsplit=1)[1:]
    if typed:
        return typed[0]
    answered = message.reply_to_message
    if answered is None or not answered.text:
        return ""
    if answered.from_user != message.from_user or answered.forward_origin:
        raise UserError("Please answer a message that you wrote yourself.")
    return answered.text


COMMAND = Command(
    name="submit", summary=mark("send in a joke: /submit Knock, knock. | Who's there?"), run=run
)
