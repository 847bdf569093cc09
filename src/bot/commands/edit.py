"""/edit: what stands on a shelf, changed through a draft; mostly a button under the item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import drafts as preview
from bot.services import acts, drafts
from bot.texts import mark
from bot.tg.arguments import argument, place_of
from bot.tg.command import Command

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    await press(update, context, argument(context))


async def press(update: Update, context: Context, data: str) -> None:
    item, now = acts.item_in(data, "edit"), context.tools.now()
    draft = await drafts.begin_edit(context.tools.db, place_of(update, context), *item, now)
    context.later(update, preview.show(update, context, draft))


COMMAND = Command(
    name="edit",
    summary=mark("change something on the shelves: /edit joke-12"),
    run=run,
    buttons={"edit": press},
    needs="editor",
)
