"""/saved: what a person keeps for themselves, and the star that keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import headlines, joke, report
from bot.errors import UserError
from bot.render import saved as render
from bot.services import saved
from bot.texts import mark
from bot.tg.arguments import place_of
from bot.tg.command import Command
from bot.tg.sender import edit_buttons, label_of, put, relabel, reply

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Update

    from bot.models.saved import Kind
    from bot.tg.context import Context

OPENS: dict[Kind, Callable[[Update, Context, int], Awaitable[None]]] = {
    "joke": joke.show,
    "report": report.show,
    "story": headlines.show,
}
WISHES = {render.EMPTY: True, render.FULL: False}


async def run(update: Update, context: Context) -> None:
    if context.chat.kind != "private":
        raise UserError("Your list is for you alone: please ask me in our private chat.")
    await turn(update, context, "0")


async def turn(update: Update, context: Context, offset: str) -> None:
    tools, (_, person_id) = context.tools, place_of(update, context)
    found = await saved.page(tools.db, person_id, int(offset))
    await put(context.bot, update, render.page(found, context.texts, tools.now()))


async def press(update: Update, context: Context, data: str) -> str:
    """In private the star shows what is so, and is believed; in a group it turns each one's own."""
    tools, (_, person_id), query = context.tools, place_of(update, context), update.callback_query
    alone = query if context.chat.kind == "private" else None
    kept = await saved.press(
        tools.db, person_id, *render.named(data), update.update_id, tools.now(),
        wish=WISHES.get(label_of(alone)) if alone else None,
    )  # fmt: skip
    if alone:
        await relabel(alone, render.FULL if kept else render.EMPTY)
    return render.done(context.texts, kept=kept)


async def open_one(update: Update, context: Context, data: str) -> str | None:
    """`id` opens it in a message of its own; `id:off` takes off what is gone."""
    db, (_, person_id) = context.tools.db, place_of(update, context)
    key, _, off = data.partition(":")
    if off and update.callback_query:
        await saved.drop(db, person_id, int(key))
        await edit_buttons(update.callback_query, ())
        return render.done(context.texts, kept=False)
    known, there = await saved.find(db, person_id, int(key))
    if there and known.item_id is not None:
        await OPENS[known.kind](update, context, known.item_id)
    else:
        await reply(context.bot, update, render.gone(known, context.texts))
    return None


COMMAND = Command(
    name="saved",
    summary=mark("what you kept with ☆"),
    run=run,
    words=("saved", "收藏"),
    buttons={"saved": turn, render.NOUN: press, "kept": open_one},
    in_menu=True,
)
