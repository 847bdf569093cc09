"""/undo: the last ten things one did on the shelves, each with a way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.render import acts as render
from bot.render import times
from bot.render import undo as listed
from bot.services import acts, plans, uploads
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import put, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    person = update.effective_user
    db, by = context.tools.db, person.id if person else 0
    found, brought = await acts.last(db, by), await uploads.last(db, by)
    shown = listed.page(found, brought, await plans.last(db, by), context.texts)
    await reply(context.bot, update, context.bound(update, shown))


async def press(update: Update, context: Context, data: str) -> None:
    tools, person = context.tools, update.effective_user
    if person is None:
        return
    place = (person.id, int(data), update.update_id)
    done = await acts.undo(tools.db, *place, tools.now())
    await put(context.bot, update, render.undone(done, context.texts))


async def call_off(update: Update, context: Context, data: str) -> None:
    """What was planned."""
    tools, person = context.tools, update.effective_user
    if person is not None:
        place = (person.id, int(data), update.update_id)
        plan = await plans.call_off(tools.db, *place, tools.now())
        await put(context.bot, update, times.called_off(plan, context.texts))


COMMAND = Command(
    name="undo",
    summary=mark("take back what you changed"),
    run=run,
    buttons={"undo": press, "plan": call_off},
    in_menu=True,
    needs="editor",
    panel=mark("↩ Undo"),
)
