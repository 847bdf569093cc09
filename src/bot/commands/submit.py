"""/submit: a joke of one's own for the shelf, after a moderator has looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.models.messages import Button, Message
from bot.services import asking, submissions
from bot.texts import mark
from bot.tg.command import OWN_WORD, Command
from bot.tg.sender import put, reply

if TYPE_CHECKING:
    import telegram
    from telegram import Update

    from bot.tg.context import Context

USAGE = mark(
    "Write the joke after it: /submit My boss wants me to think outside the box. | I was hired to "
    "make boxes. What comes after | stays hidden until it is tapped. Or answer a message of yours "
    "with /submit."
)
ASKED = mark(
    "Send me the joke in one message. What comes after a | or on the last line is the punchline, "
    "hidden at first."
)

CANCELLED = mark("Cancelled. Nothing was sent in.")
CANCEL = {"cancel", "取消", "算了"}


async def run(update: Update, context: Context) -> None:
    """What stands behind the command or what it answers, or else the next message."""
    person, tools = update.effective_user, context.tools
    text = _text(update.message) if update.message else ""
    if person is not None and not person.is_bot and text:
        await _submit(update, context, person.id, text)
    elif person is None or context.chat.kind != "private":
        raise UserError(USAGE)
    else:
        await asking.ask(tools.db, person.id, tools.now())
        cancel = Button(context.texts.say("Cancel"), "submit:cancel")
        asked = Message.of(context.texts.say(ASKED), ((cancel,),))
        await reply(context.bot, update, asked)


async def press(update: Update, context: Context, _: str) -> str | None:
    """It is not sent in after all."""
    person, texts = update.effective_user, context.texts
    if person is None or not await asking.never_mind(context.tools.db, person.id):
        return texts.say("There is nothing to cancel any more.")
    await put(context.bot, update, Message.of(texts.say(CANCELLED)))
    return None


async def typed(update: Update, context: Context, text: str) -> bool:
    """Whether this person was asked for a joke: then this is it."""
    person, tools = update.effective_user, context.tools
    if person is None or not OWN_WORD.check_update(update):
        return False
    if not await asking.awaits(tools.db, person.id, update.update_id, tools.now()):
        return False
    if text.strip(" .!。！").casefold() in CANCEL:
        await asking.never_mind(tools.db, person.id)
        await reply(context.bot, update, Message.of(context.texts.say(CANCELLED)))
    else:
        await _submit(update, context, person.id, text)
    return True


async def _submit(update: Update, context: Context, person_id: int, text: str) -> None:
    tools, texts = context.tools, context.texts
    await submissions.submit(
        tools.db, person_id, text, context.chat.language, update.update_id, tools.now()
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
    name="submit",
    summary=mark("send in a joke: /submit Knock, knock. | Who's there?"),
    run=run,
    buttons={"submit": press},
)
