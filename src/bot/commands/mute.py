"""/mute: words, sources and topics that a chat does not want to hear of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.follow import NOT_YOURS, made, offer, settle, typed
from bot.render import interests as render
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.members import in_charge
from bot.tg.sender import edit_buttons, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context

ASK = "?"


async def run(update: Update, context: Context) -> None:
    interest = await typed(update, context, "mute")
    if interest is not None:
        await reply(context.bot, update, render.asked(interest, context.texts))


async def press(update: Update, context: Context, data: str) -> str | None:
    """`story` offers what of it may be muted, `story:?:what:name` asks for how many days, 0 for
    good, and `story:7:what:name` mutes it.
    """
    story_id, _, rest = data.partition(":")
    if not rest:
        return await offer(update, context, int(story_id), "mute")
    days, what, name = rest.split(":", 2)
    interest = made("mute", what, name)
    if days != ASK:
        return await settle(update, context, int(story_id), interest, int(days) or None)
    if not await in_charge(update, context):
        return context.texts.say(NOT_YOURS)
    if update.callback_query:
        keyboard = render.how_long(int(story_id), interest.what, name, context.texts)
        await edit_buttons(update.callback_query, keyboard)
    return None


COMMAND = Command(
    name="mute",
    summary=mark("what you don't want to hear of: /mute football"),
    run=run,
    buttons={"mute": press},
)
