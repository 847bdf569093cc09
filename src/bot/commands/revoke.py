"""/revoke: somebody's role is taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.grant import change
from bot.services import roles
from bot.texts import mark
from bot.tg.command import Command

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context

USAGE = "revoke 123456789"
REVOKED = mark("{name} has no role here any more.")


async def run(update: Update, context: Context) -> None:
    person = roles.person_in(" ".join(context.args or []), USAGE)
    await change(update, context, person, None, REVOKED)


COMMAND = Command(name="revoke", summary=mark("take somebody's role away"), run=run, needs="admin")
