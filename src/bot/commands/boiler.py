"""/boiler in answer to a summary: one of its lines is an advert, and never quoted again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.render import summaries as render
from bot.services import boilers, summaries
from bot.texts import mark
from bot.tg.arguments import place_of
from bot.tg.command import Command
from bot.tg.sender import put, reply

if TYPE_CHECKING:
    import telegram
    from telegram import Update

    from bot.models.messages import Message
    from bot.models.summaries import Kept
    from bot.tg.context import Context

HOW = mark("Answer the summary of a link with /boiler, then choose the line that is an advert.")
SUMMARY, UNDO = "summary:", "undo"


async def run(update: Update, context: Context) -> None:
    """Asks which line, or takes the one that is written after it."""
    message, by = update.message, update.effective_user
    answered = message and message.reply_to_message
    number = _summary(answered) if answered else None
    if message is None or by is None or number is None:
        raise UserError(HOW)
    kept = await summaries.find(context.tools.db, context.chat.id, number)
    _, *rest = (message.text or "").split(maxsplit=1)
    if rest:
        await reply(context.bot, update, await _drop(update, context, kept, rest[0], by.id))
    else:
        shown = render.which(kept, context.texts)
        await reply(context.bot, update, context.bound(update, shown))


async def press(update: Update, context: Context, data: str) -> None:
    """`summary:start`: the sentence that begins there; `undo:number`: a line that was none."""
    number, _, start = data.partition(":")
    _, by = place_of(update, context)
    if number == UNDO:
        tools = context.tools
        await boilers.take_back(tools.db, int(start), by, update.update_id, tools.now())
        await put(context.bot, update, render.quoted_again(context.texts))
        return
    kept = await summaries.find(context.tools.db, context.chat.id, int(number))
    text = next((each.text for each in kept.reading.ranked if each.start == int(start)), "")
    await put(context.bot, update, await _drop(update, context, kept, text, by))


async def _drop(update: Update, context: Context, kept: Kept, text: str, by: int) -> Message:
    tools = context.tools
    left, number = await boilers.drop(tools.db, kept, text, by, update.update_id, tools.now())
    return context.bound(update, render.dropped(left, number, context.texts))


def _summary(message: telegram.Message) -> int | None:
    """The number of the summary, which its buttons carry."""
    keyboard = message.reply_markup.inline_keyboard if message.reply_markup else ()
    actions = (str(button.callback_data or "") for row in keyboard for button in row)
    named = next((action for action in actions if action.startswith(SUMMARY)), "")
    number = named.removeprefix(SUMMARY).partition(":")[0]
    return int(number) if number.isdigit() else None


COMMAND = Command(
    name="boiler",
    summary=mark("in answer to a summary: one of its lines is an advert"),
    run=run,
    buttons={"boiler": press},
    needs="editor",
)
