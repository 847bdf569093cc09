"""What those who care for the shelves see under an item: Edit and Remove."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.models.messages import Button, Message
from bot.models.roles import may

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.messages import Keyboard
    from bot.models.summaries import Kept
    from bot.tg.context import Context


async def cared(update: Update, context: Context, name: str, message: Message) -> Message:
    """The message with these buttons in an editor's private chat, and as it is for others."""
    rows = await care(update, context, name)
    return replace(message, keyboard=(*message.keyboard, *rows))


async def shelvable(update: Update, context: Context, kept: Kept, message: Message) -> Message:
    """A summary with the way to the shelf of reports, for an editor in private."""
    if not (kept.url or kept.file_id) or not await _cares(update, context):
        return message
    button = Button("➕ " + context.texts.say("Shelf"), f"shelve:{kept.id}")
    return context.bound(update, replace(message, keyboard=(*message.keyboard, (button,))))


async def care(update: Update, context: Context, name: str) -> Keyboard:
    """The row of buttons for an item such as joke-12."""
    texts = context.texts
    if not await _cares(update, context):
        return ()
    edit = Button("✏️ " + texts.say("Edit"), f"edit:{name}")
    remove = Button("🗑 " + texts.say("Remove"), f"remove:{name}")
    return context.bound(update, Message.of("", ((edit, remove),))).keyboard


async def _cares(update: Update, context: Context) -> bool:
    return context.chat.kind == "private" and may(await context.role(update), "editor")
