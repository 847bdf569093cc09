"""/grant: somebody becomes an admin, an editor or a moderator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.render import people as render
from bot.services import roles
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.menus import publish_for
from bot.tg.sender import reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context

USAGE = "grant 123456789 editor"
NAMES = {"admin": mark("admin"), "editor": mark("editor"), "moderator": mark("moderator")}


async def run(update: Update, context: Context) -> None:
    by, tools, texts = update.effective_user, context.tools, context.texts
    if by is None:
        return
    typed, word, *_ = [*(context.args or []), "", ""]
    person, role = roles.person_in(typed, USAGE), roles.role_in(word)
    owners, at = tools.settings.admins, tools.now()
    before = await roles.role_of(tools.db, owners, person)
    name = await roles.change(tools.db, owners, by.id, person, role, update.update_id, at)
    await publish_for(context.bot, tools.roll, person, role, tools.settings.language)
    text = texts.say("{name} is {role} here now.", name=name, role=texts.say(NAMES[role]))
    said = render.changed(text, person, before, role, texts)
    await reply(context.bot, update, context.bound(update, said))


COMMAND = Command(
    name="grant", summary=mark("make somebody admin, editor or moderator"), run=run, needs="admin"
)
