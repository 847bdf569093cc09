"""/addfeed: follow a feed by its address, or by that of a page that names one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import addreport
from bot.commands.previews import show
from bot.errors import UserError
from bot.render import feeds as render
from bot.services import drafts, feeds
from bot.texts import mark
from bot.tg import links
from bot.tg.arguments import place_of
from bot.tg.command import Command
from bot.tg.sender import reply

if TYPE_CHECKING:
    import telegram
    from telegram import Update

    from bot.tg.context import Context


TEXT_ONLY = mark("I need text here.")


async def run(update: Update, context: Context) -> None:
    """What stands behind the command or what it answers, or else the next message."""
    message = update.message
    answered = message and message.reply_to_message
    if context.args:
        context.later(update, _add(update, context, context.args[0]))
    elif answered:
        await take(update, context, answered)
    elif context.chat.kind != "private":
        raise UserError("Which one? Like this: /addfeed https://example.org/news")
    else:
        await _ask(update, context)


async def take(update: Update, context: Context, message: telegram.Message) -> None:
    """The address that was asked for."""
    link, words = links.of(message), (message.text or message.caption or "").split()
    if not words:
        raise UserError(TEXT_ONLY)
    context.later(update, _add(update, context, link.url if link else words[0]))


async def _ask(update: Update, context: Context) -> None:
    tools, place = context.tools, place_of(update, context)
    draft = await drafts.begin(tools.db, place, "feeds", tools.now(), asks="feed")
    if draft is None:
        await addreport.remind(update, context)
    else:
        await show(update, context, draft)


async def _add(update: Update, context: Context, address: str) -> None:
    """What the feed says, before anybody else sees it."""
    tools, now, texts = context.tools, context.tools.now(), context.texts
    if "://" not in address:
        address = f"https://{address}"
    entry, sample = await feeds.sample(
        tools.db, tools.web, tools.children, address, context.chat.language, now
    )
    await _answered(update, context)
    known = await feeds.followed(tools.db, entry.url)
    if known is not None:
        card = context.bound(update, render.known(known, texts, now))
        await reply(context.bot, update, card)
        return
    place = place_of(update, context)
    draft = await drafts.begin(tools.db, place, "feeds", now, entry=entry, sample=sample)
    if draft is not None:
        await show(update, context, draft)


async def _answered(update: Update, context: Context) -> None:
    """What comes next is no address any more."""
    tools, place = context.tools, place_of(update, context)
    draft = await drafts.current(tools.db, place)
    if draft is not None and draft.asks == "feed":
        await drafts.cancel(tools.db, place, draft.id)


COMMAND = Command(
    name="addfeed",
    summary=mark("follow a feed: /addfeed https://example.org"),
    run=run,
    in_menu=True,
    needs="editor",
    panel=mark("➕ Feed"),
)
