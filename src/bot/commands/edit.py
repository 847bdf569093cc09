"""/edit: what stands on a shelf, changed through a draft; mostly a button under the item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import addreport
from bot.commands import drafts as preview
from bot.services import acts, drafts, summaries
from bot.texts import mark
from bot.tg.arguments import argument, place_of
from bot.tg.command import Command

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.drafts import Draft
    from bot.models.summaries import Kept
    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    await press(update, context, argument(context))


async def press(update: Update, context: Context, data: str) -> None:
    item, now = acts.item_in(data, "edit"), context.tools.now()
    draft = await drafts.begin_edit(context.tools.db, place_of(update, context), *item, now)
    context.later(update, preview.show(update, context, draft))


async def shelve(update: Update, context: Context, data: str) -> None:
    """What was summarised becomes a draft of a report, beside all that is in it already."""
    tools, place = context.tools, place_of(update, context)
    kept = await summaries.find(tools.db, context.chat.id, int(data))
    draft = await drafts.begin(tools.db, place, "reports", tools.now(), asks="parts")
    draft = draft or await drafts.current(tools.db, place)
    if draft is not None:
        context.later(update, _shelve(update, context, draft, kept))


async def _shelve(update: Update, context: Context, draft: Draft, kept: Kept) -> None:
    message = update.effective_message
    await addreport.read(update, context, draft, message.message_id if message else 0, kept)
    await preview.finish(update, context, draft)


COMMAND = Command(
    name="edit",
    summary=mark("change something on the shelves: /edit joke-12"),
    run=run,
    buttons={"edit": press, "shelve": shelve},
    needs="editor",
)
