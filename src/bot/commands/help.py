"""/help: made from the roll, so that no command can be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.models.messages import Message
from bot.models.roles import may
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.chats import Chat
    from bot.texts import Texts
    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    role = await context.role(update)
    shown = [command for command in context.tools.roll if may(role, command.needs)]
    await reply(context.bot, update, Message(_listing(shown, context.texts, context.chat)))


def _listing(commands: list[Command], texts: Texts, chat: Chat) -> Markup:
    lines = [
        Markup("/{} – {}").format(command.heard_as(chat), texts.say(command.summary))
        for command in commands
    ]
    return Markup("\n").join(lines)


COMMAND = Command(
    name="help",
    summary=mark("all I can do"),
    run=run,
    words=("help", "menu", "commands", "帮助", "菜单", "怎么用"),
    in_menu=True,
)
