"""/grant: somebody becomes an admin, an editor or a moderator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models.messages import Message
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
    name = await roles.change(tools.db, owners, by.id, person, role, update.update_id, at)
    await publish_for(context.bot, tools.roll, person, role, tools.settings.language)
    text = texts.say("{name} is {role} here now. /revoke {id} takes it back.",
                     name=name, role=texts.say(NAMES[role]), id=person)  # fmt: skip
    await reply(context.bot, update, Message.of(text))


COMMAND = Command(
    name="grant", summary=mark("make somebody admin, editor or moderator"), run=run, needs="admin"
)
