"""/remove: takes something off its shelf, with a way back; mostly a button under the item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.render import acts as render
from bot.services import acts
from bot.texts import mark
from bot.tg.arguments import argument, place_of
from bot.tg.command import Command
from bot.tg.sender import reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    await press(update, context, argument(context))


async def press(update: Update, context: Context, data: str) -> None:
    tools, (_, person_id) = context.tools, place_of(update, context)
    item = acts.item_in(data, "remove")
    change = await acts.remove(tools.db, person_id, *item, update.update_id, tools.now())
    done = render.done(change, context.texts)
    await reply(context.bot, update, context.bound(update, done))


COMMAND = Command(
    name="remove",
    summary=mark("take something off the shelves: /remove joke-12"),
    run=run,
    buttons={"remove": press},
    needs="editor",
)
