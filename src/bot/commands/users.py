"""/users: who uses the bot, and a card for each with what can be done about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.render import people as render
from bot.services import people, roles
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.menus import publish_for
from bot.tg.sender import put, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.messages import Message
    from bot.models.people import Kind
    from bot.tg.context import Context

WORD_BYTES = 24


async def run(update: Update, context: Context) -> None:
    word = " ".join(context.args or []).encode()[:WORD_BYTES].decode(errors="ignore").strip()
    if context.chat.kind != "private":
        raise UserError("People are not for everybody's eyes: please ask me in private.")
    await reply(context.bot, update, await _page(update, context, "all", 0, word))


async def turn(update: Update, context: Context, data: str) -> None:
    kind, offset, word = data.split(":", 2)
    page = await _page(update, context, render.KINDS[kind], int(offset), word)
    await put(context.bot, update, page)


async def press(update: Update, context: Context, data: str) -> None:
    """`id` opens a card in a message of its own, `id:act` does something about the person."""
    key, _, what = data.partition(":")
    if what:
        await act(update, context, int(key), what)
        await put(context.bot, update, await card(update, context, int(key)))
    else:
        await reply(context.bot, update, await card(update, context, int(key)))


async def act(update: Update, context: Context, person: int, what: str) -> None:
    """`ban`, `unban`, `none` or a role; their menu and the gate follow."""
    tools, by = context.tools, update.effective_user
    if by is None:
        return
    owners, stamp = tools.settings.admins, (update.update_id, tools.now())
    if what == "ban":
        await people.ban(tools.db, owners, by.id, person, *stamp)
    elif what == "unban":
        await people.unban(tools.db, by.id, person, *stamp)
    else:
        role = None if what == "none" else roles.role_in(what)
        await roles.change(tools.db, owners, by.id, person, role, *stamp)
    tools.gate.forget_bans()
    role = await tools.role_of(person)
    await publish_for(context.bot, tools.roll, person, role, tools.settings.language)


async def card(update: Update, context: Context, person: int) -> Message:
    """All about one person, with what this admin may do."""
    tools, mine = context.tools, await context.role(update)
    found = await people.find(tools.db, tools.settings.admins, person)
    return context.bound(update, render.card(found, mine, context.texts))


async def _page(
    update: Update, context: Context, kind: Kind, offset: int, word: str
) -> Message:  # fmt: skip
    tools = context.tools
    place = (kind, word, offset, render.PAGE)
    found, total = await people.page(tools.db, tools.settings.admins, *place)
    return context.bound(update, render.page(found, total, kind, offset, word, context.texts))


COMMAND = Command(
    name="users",
    summary=mark("who is here: /users li finds people by name or id"),
    run=run,
    buttons={"users": turn, "user": press},
    needs="admin",
    panel=mark("👥 People"),
)
