"""/admin: all that this person's role may do, as buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.models.messages import Button, Message
from bot.models.roles import may
from bot.services import roles
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context

COLUMNS = 3


async def run(update: Update, context: Context) -> None:
    texts, found = context.texts, await _theirs(update, context)
    lines = [Markup("/{} – {}").format(each.name, texts.say(each.summary)) for each in found]
    buttons = [Button(each.name, f"admin:{each.name}") for each in found]
    grid = tuple(tuple(buttons[at : at + COLUMNS]) for at in range(0, len(buttons), COLUMNS))
    await reply(context.bot, update, context.bound(update, Message(Markup("\n").join(lines), grid)))


async def press(update: Update, context: Context, name: str) -> None:
    """Runs the command as if it had been typed alone; roles may have changed since."""
    for command in await _theirs(update, context):
        if command.name == name:
            context.args = []
            await command.run(update, context)


async def _theirs(update: Update, context: Context) -> list[Command]:
    """What needs a role, and what they may do of it, but for this."""
    person, tools = update.effective_user, context.tools
    role = await roles.role_of(tools.db, tools.settings.admins, person.id) if person else None
    return [each for each in tools.roll
            if each.needs and may(role, each.needs) and each.name != COMMAND.name]  # fmt: skip


COMMAND = Command(
    name="admin",
    summary=mark("all that you may do here, as buttons"),
    run=run,
    buttons={"admin": press},
    in_menu=True,
    needs="any",
)
