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

    from bot.models.roles import Role
    from bot.tg.context import Context

USAGE = "grant 123456789 editor"
GRANTED = mark("{name} is {role} here now.")


async def run(update: Update, context: Context) -> None:
    typed, word, *_ = [*(context.args or []), "", ""]
    await change(update, context, roles.person_in(typed, USAGE), roles.role_in(word), GRANTED)


async def change(
    update: Update, context: Context, person: int, role: Role | None, sentence: str
) -> None:
    """Give somebody the role, or none, and their menu; `sentence` says so, one press undoes it."""
    by, tools, texts = update.effective_user, context.tools, context.texts
    if by is None:
        return
    before, owners, at = await tools.role_of(person), tools.settings.admins, tools.now()
    name = await roles.change(tools.db, owners, by.id, person, role, update.update_id, at)
    await publish_for(context.bot, tools.roll, person, role, tools.settings.language)
    text = texts.say(sentence, name=name, role=texts.say(render.ROLES[role]) if role else "")
    said = render.changed(text, person, before, role, texts)
    await reply(context.bot, update, context.bound(update, said))


COMMAND = Command(
    name="grant", summary=mark("make somebody admin, editor or moderator"), run=run, needs="admin"
)
