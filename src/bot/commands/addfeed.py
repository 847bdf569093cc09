"""/addfeed: follow a feed by its address, or by that of a page that names one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.render import feeds as render
from bot.services import feeds
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    address = (context.args or [""])[0]
    if not address:
        raise UserError("Which one? Like this: /addfeed https://example.org/news")
    if "://" not in address:
        address = f"https://{address}"
    context.later(update, _add(update, context, address))


async def _add(update: Update, context: Context, address: str) -> None:
    tools, person, now = context.tools, update.effective_user, context.tools.now()
    row, found, new = await feeds.add(
        tools.db, tools.web, tools.children, address, context.chat.language, now,
        by=person.id if person else 0,
    )  # fmt: skip
    newest = [entry.title for entry in found.feed.entries]
    others = [each.url for each in found.others]
    added = render.added(row, newest, others, context.texts, now, new=new)
    await reply(context.bot, update, context.bound(update, added))


COMMAND = Command(
    name="addfeed",
    summary=mark("follow a feed: /addfeed https://example.org"),
    run=run,
    in_menu=True,
    needs="editor",
    panel=mark("➕ Feed"),
)
