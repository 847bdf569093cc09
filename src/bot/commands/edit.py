"""/edit: what stands on a shelf, changed through a draft; mostly a button under the item."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.commands import addreport
from bot.commands import drafts as preview
from bot.commands.previews import show
from bot.errors import UserError
from bot.models.messages import Button
from bot.render import items as render
from bot.render.pages import PAGE
from bot.services import acts, drafts, summaries
from bot.texts import mark
from bot.tg.arguments import argument, place_of, shortened
from bot.tg.caring import cared
from bot.tg.command import Command
from bot.tg.sender import put, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.acts import Kind
    from bot.models.drafts import Draft
    from bot.models.messages import Message
    from bot.models.summaries import Kept
    from bot.tg.context import Context


KINDS: dict[str, Kind] = {"a": "all", "m": "admins", "x": "removed"}
ALONE = mark("The lists are for our private chat; here it goes like this: /edit joke-12.")


async def run(update: Update, context: Context) -> None:
    """`joke-12` is opened; alone, or with a word, a list to choose from."""
    named = argument(context)
    if acts.named(named):
        await press(update, context, named)
    elif context.chat.kind != "private":
        raise UserError(ALONE)
    else:
        page = await _page(update, context, "j", "a", 0, shortened(named))
        await reply(context.bot, update, page)


async def turn(update: Update, context: Context, data: str) -> None:
    """`shelf:kind:offset:word`."""
    shelf, kind, offset, word = data.split(":", 3)
    page = await _page(update, context, shelf, kind, int(offset), word)
    await put(context.bot, update, page)


async def look(update: Update, context: Context, data: str) -> None:
    """One of the list, with what can be done about it."""
    item = await acts.look(context.tools.db, *acts.item_in(data, "edit"))
    shown = render.card(data, item, context.texts)
    if item.removed_at is None:
        await reply(context.bot, update, await cared(update, context, data, shown))
    else:
        back = Button("↩ " + context.texts.say("Put it back"), f"unremove:{data}")
        shown = replace(shown, keyboard=((back,),))
        await reply(context.bot, update, context.bound(update, shown))


async def put_back(update: Update, context: Context, data: str) -> None:
    """What was taken off."""
    tools, (_, person_id) = context.tools, place_of(update, context)
    item = acts.item_in(data, "edit")
    back = await acts.put_back(tools.db, person_id, *item, update.update_id, tools.now())
    shown = render.card(data, replace(back, removed_at=None), context.texts)
    await put(context.bot, update, await cared(update, context, data, shown))


async def _page(
    update: Update, context: Context, shelf: str, kind: str, offset: int, word: str
) -> Message:
    where = (render.SHELVES[shelf], KINDS[kind], word, offset, PAGE)
    found, total = await acts.page(context.tools.db, *where)
    shown = render.page(found, total, (shelf, kind, offset, word), context.texts)
    return context.bound(update, shown)


async def press(update: Update, context: Context, data: str) -> None:
    item, now = acts.item_in(data, "edit"), context.tools.now()
    draft = await drafts.begin_edit(context.tools.db, place_of(update, context), *item, now)
    context.later(update, show(update, context, draft))


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
    summary=mark("what is on the shelves, to change: /edit joke-12, /edit goose"),
    run=run,
    buttons={
        "edit": press,
        "shelve": shelve,
        "items": turn,
        "item": look,
        "unremove": put_back,
    },
    needs="editor",
    panel=mark("🗂 Shelves"),
)
