"""/audit: what admins did lately, and what others tried; by kind, and by person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.render import audit as render
from bot.services import audit
from bot.texts import mark
from bot.tg.arguments import argument, shortened
from bot.tg.command import Command
from bot.tg.sender import put, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.messages import Message
    from bot.tg.context import Context

ALL = "a"
ALONE = mark("The audit is for you alone: please ask me in our private chat.")


async def run(update: Update, context: Context) -> None:
    if context.chat.kind != "private":
        raise UserError(ALONE)
    page = await _page(update, context, ALL, 0, shortened(argument(context)))
    await reply(context.bot, update, page)


async def turn(update: Update, context: Context, data: str) -> None:
    """`kind:offset:word`."""
    kind, offset, word = data.split(":", 2)
    await put(context.bot, update, await _page(update, context, kind, int(offset), word))


async def _page(
    update: Update, context: Context, kind: str, offset: int, word: str
) -> Message:  # fmt: skip
    _, what = render.KINDS[kind]
    found, total = await audit.page(context.tools.db, what, word, offset, render.PAGE)
    return context.bound(update, render.page(found, total, kind, offset, word, context.texts))


COMMAND = Command(
    name="audit",
    summary=mark("what was done and tried lately: /audit li by name or id"),
    run=run,
    buttons={"audit": turn},
    needs="admin",
    panel=mark("📜 Audit"),
)
