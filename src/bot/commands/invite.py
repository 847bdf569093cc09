"""/invite: a link that lets one person into a bot that is by invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.config import INVITE_HOURS
from bot.models.messages import Message
from bot.services import access
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    person, tools, texts = update.effective_user, context.tools, context.texts
    if context.chat.kind != "private" or person is None:
        text = texts.say("An invitation is for one person: please ask me in our private chat.")
    elif tools.settings.access == "open":
        text = texts.say("Everybody may use this bot: just share https://t.me/{bot}",
                         bot=context.bot.username)  # fmt: skip
    else:
        code = await access.invite(tools.db, person.id, tools.now())
        text = texts.say(
            "This link lets one person in, within {hours} hours:\n{link}",
            hours=INVITE_HOURS,
            link=f"https://t.me/{context.bot.username}?start=invite-{code}",
        )
    await reply(context.bot, update, Message.of(text))


COMMAND = Command(
    name="invite",
    summary=mark("a link that lets one person in"),
    run=run,
    needs="admin",
    panel=mark("🔗 Invite"),
)
