"""/feeds: how the feeds are doing, and what can be done about each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.render import feeds as render
from bot.services import feeds
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import edit_buttons, put, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.messages import Message
    from bot.tg.context import Context

BROKEN = "broken"


async def run(update: Update, context: Context) -> None:
    await reply(context.bot, update, await _page(context, 0, only_broken=False))


async def turn(update: Update, context: Context, data: str) -> None:
    kind, _, offset = data.partition(":")
    page = await _page(context, int(offset), only_broken=kind == BROKEN)
    await put(context.bot, update, page)


async def press(update: Update, context: Context, data: str) -> None:
    """`id` opens a feed in a message of its own, `id:act` does something to it."""
    key, _, act = data.partition(":")
    act, _, topic = act.partition(":")
    tools, texts, now = context.tools, context.texts, context.tools.now()
    if act == "restore":
        await feeds.change(tools.db, int(key), act, now)
    found = await feeds.find(tools.db, int(key))
    if act == "topics" and update.callback_query:
        await edit_buttons(update.callback_query, render.topics(found, texts))
    elif act == "remove":
        await feeds.change(tools.db, found.id, act, now)
        await put(context.bot, update, render.removed(found, texts))
    elif act:
        await feeds.change(tools.db, found.id, act, now, topic)
        changed = await feeds.find(tools.db, found.id)
        await put(context.bot, update, render.card(changed, texts, now))
    else:
        await reply(context.bot, update, render.card(found, texts, now))


async def _page(context: Context, offset: int, *, only_broken: bool) -> Message:
    db = context.tools.db
    rows, total, ill = await feeds.page(db, offset, render.PAGE, broken=only_broken)
    if not total and not only_broken:
        return render.none(context.texts)
    return render.page(rows, total, ill, offset, context.texts, only_broken=only_broken)


COMMAND = Command(
    name="feeds",
    summary=mark("how the feeds are doing"),
    run=run,
    buttons={"feeds": turn, "feed": press},
    needs="editor",
)
