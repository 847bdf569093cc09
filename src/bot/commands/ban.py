"""/ban: somebody is answered no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import users
from bot.services import roles
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context

USAGE = "ban 123456789"


async def run(update: Update, context: Context) -> None:
    person = roles.person_in(" ".join(context.args or []), USAGE)
    await users.act(update, context, person, "ban")
    await reply(context.bot, update, await users.card(update, context, person))


COMMAND = Command(
    name="ban", summary=mark("answer somebody no more, by their id"), run=run, needs="admin"
)
