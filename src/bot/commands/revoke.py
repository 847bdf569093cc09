"""/revoke: somebody's role is taken away."""

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

USAGE = "revoke 123456789"


async def run(update: Update, context: Context) -> None:
    by, tools = update.effective_user, context.tools
    if by is None:
        return
    person = roles.person_in(" ".join(context.args or []), USAGE)
    owners, at = tools.settings.admins, tools.now()
    before = await roles.role_of(tools.db, owners, person)
    name = await roles.change(tools.db, owners, by.id, person, None, update.update_id, at)
    await publish_for(context.bot, tools.roll, person, None, tools.settings.language)
    text = context.texts.say("{name} has no role here any more.", name=name)
    said = render.changed(text, person, before, None, context.texts)
    await reply(context.bot, update, context.bound(update, said))


COMMAND = Command(name="revoke", summary=mark("take somebody's role away"), run=run, needs="admin")
