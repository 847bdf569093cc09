"""/addheadline: a text, a link or a post that somebody passes on becomes a headline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import drafts
from bot.texts import mark
from bot.tg.command import Command

if TYPE_CHECKING:
    import telegram
    from telegram import Update

    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    message = update.message
    rest = ((message and message.text) or "").split(maxsplit=1)[1:]
    source = message and (message if rest else message.reply_to_message)
    if source is None:
        await drafts.begin(update, context, "headlines")
    else:
        context.later(update, _begin(update, context, source, rest[0] if rest else None))


async def _begin(
    update: Update, context: Context, message: telegram.Message, text: str | None
) -> None:
    await drafts.begin(update, context, "headlines", await drafts.headline(context, message, text))


COMMAND = Command(
    name="addheadline",
    summary=mark("put a headline on the shelf"),
    run=run,
    in_menu=True,
    needs="editor",
    panel=mark("➕ Headline"),
)
