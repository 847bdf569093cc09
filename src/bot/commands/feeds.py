"""/feeds: how the feeds are doing, and what can be done about each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.render import acts as done
from bot.render import feeds as render
from bot.services import acts, feeds
from bot.texts import mark
from bot.tg.arguments import argument, place_of, shortened
from bot.tg.command import Command
from bot.tg.sender import put, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.messages import Message
    from bot.tg.context import Context

BROKEN = "broken"
SHOWN = {"topics": render.filing, "paces": render.paces}


async def run(update: Update, context: Context) -> None:
    word = shortened(argument(context))
    page = await _page(context, 0, only_broken=False, word=word)
    await reply(context.bot, update, context.bound(update, page))


async def turn(update: Update, context: Context, data: str) -> None:
    """`kind:offset` or `kind:offset:word`."""
    kind, _, rest = data.partition(":")
    offset, _, word = rest.partition(":")
    page = await _page(context, int(offset), only_broken=kind == BROKEN, word=word)
    await put(context.bot, update, context.bound(update, page))


async def press(update: Update, context: Context, data: str) -> None:
    """`id` opens a feed in a message of its own, `id:act` does something to it."""
    key, _, act = data.partition(":")
    shown = context.bound(update, await _acted(update, context, int(key), act))
    if act:
        await put(context.bot, update, shown)
    else:
        await reply(context.bot, update, shown)


async def _acted(update: Update, context: Context, key: int, act: str) -> Message:
    """Do it, and what there is to see then."""
    tools, texts, now = context.tools, context.texts, context.tools.now()
    what, _, value = act.partition(":")
    _, person_id = place_of(update, context)
    found = await feeds.find(tools.db, key)
    if what == "remove":
        gone = await acts.remove(tools.db, person_id, "feeds", key, update.update_id, now)
        return done.done(gone, texts)
    if what == "languages":
        return render.languages(found, feeds.CHOICES["language"], texts, now)
    if what in SHOWN:
        return SHOWN[what](found, texts, now)
    await feeds.change(tools.db, key, what, now, value, by=person_id, update_id=update.update_id)
    return render.card(await feeds.find(tools.db, key), texts, now)


async def _page(context: Context, offset: int, *, only_broken: bool, word: str) -> Message:
    db = context.tools.db
    rows, total, ill = await feeds.page(db, offset, render.PAGE, broken=only_broken, word=word)
    if not total and not only_broken:
        return render.none(context.texts, word)
    return render.page(rows, total, ill, offset, context.texts, only_broken=only_broken, word=word)


COMMAND = Command(
    name="feeds",
    summary=mark("how the feeds are doing: /feeds harbour"),
    run=run,
    buttons={"feeds": turn, "feed": press},
    needs="editor",
    panel=mark("📡 Feeds"),
)
