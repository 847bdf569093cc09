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
    draft = await drafts.begin(tools.db, place, "headlines", tools.now(), asks="feed")
    if draft is None:
        await addreport.remind(update, context)
    else:
        await show(update, context, draft)


async def _add(update: Update, context: Context, address: str) -> None:
    tools, person, now = context.tools, update.effective_user, context.tools.now()
    if "://" not in address:
        address = f"https://{address}"
    row, found, new = await feeds.add(
        tools.db, tools.web, tools.children, address, context.chat.language, now,
        by=person.id if person else 0, update_id=update.update_id,
    )  # fmt: skip
    await _answered(update, context)
    newest = [entry.title for entry in found.feed.entries]
    others = [each.url for each in found.others]
    added = render.added(row, newest, others, context.texts, now, new=new)
    await reply(context.bot, update, context.bound(update, added))


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
