"""/admin: all that this person's role may do, as buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models.messages import Button, Message
from bot.models.roles import may
from bot.render.pages import grid
from bot.services import submissions
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import reply

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram import Update

    from bot.models.roles import Role
    from bot.tg.context import Context

COLUMNS = 3


async def run(update: Update, context: Context) -> None:
    role = await context.role(update)
    buttons = [Button(context.texts.say(each.panel), f"admin:{each.name}")
               for each in _theirs(role, context)]  # fmt: skip
    text = "\n".join([line async for line in _lines(role, context)])
    await reply(
        context.bot, update, context.bound(update, Message.of(text, grid(buttons, COLUMNS)))
    )


async def press(update: Update, context: Context, name: str) -> None:
    """Runs the command as if it had been typed alone; roles may have changed since."""
    for command in _theirs(await context.role(update), context):
        if command.name == name:
            context.args = []
            await command.run(update, context)


async def _lines(role: Role | None, context: Context) -> AsyncIterator[str]:
    """What waits for them, and where the rest is that they may do."""
    texts, waiting = context.texts, 0
    if may(role, "moderator"):
        _, waiting = await submissions.waiting(context.tools.db)
    yield (
        texts.plural("{n} joke waits for a look.", "{n} jokes wait for a look.", waiting)
        if waiting
        else texts.say("What shall we do?")
    )
    if may(role, "editor"):
        yield texts.say("Edit and Remove stand under what you look at, like /joke.")
    if may(role, "admin"):
        yield texts.say("Roles and bans are on a person's card, under 👥.")


def _theirs(role: Role | None, context: Context) -> list[Command]:
    """What has a button here, of what they may do."""
    return [each for each in context.tools.roll if each.panel and may(role, each.needs)]


COMMAND = Command(
    name="admin",
    summary=mark("all that you may do here, as buttons"),
    run=run,
    buttons={"admin": press},
    in_menu=True,
    needs="any",
)
