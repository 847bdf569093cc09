"""/digest: the brief of the day, now; and the buttons under every digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import headlines
from bot.commands.joke import voted
from bot.render import digest as render
from bot.services import subscriptions
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import edit_buttons, reply, topic_of

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    context.later(update, _answer(update, context))


async def press(update: Update, context: Context, data: str) -> str | None:
    """`laugh`, `shrug`, `tune` or `back` and the digest's key, `more` and the subscription."""
    act, _, key = data.partition(":")
    query, texts = update.callback_query, context.texts
    await subscriptions.touch(context.tools.db, context.chat.id, int(key.partition(":")[0]))
    if act == "more":
        await headlines.open_first(update, context, "")
    elif query and act == "tune":
        await edit_buttons(query, render.tuning(key, texts))
    elif query and act == "back":
        await edit_buttons(query, render.keyboard_of(key, texts))
    else:
        _, said = await voted(update, context, int(key.split(":")[1]), act)
        return said
    return None


async def _answer(update: Update, context: Context) -> None:
    tools, now = context.tools, context.tools.now()
    known = await subscriptions.of_chat(tools.db, context.chat.id)
    here = [each for each in known if each.topic_id == topic_of(update)] or known
    zone, _ = await subscriptions.guessed_zone(tools.db, context.chat, tools.settings.timezone)
    wish = subscriptions.wish(context.chat, here[0] if here else None, zone, now)
    message = await tools.digests.at_once(context.chat.id, wish, update.update_id, now)
    await reply(context.bot, update, message)


COMMAND = Command(
    name="digest",
    summary=mark("the brief of the day, now"),
    run=run,
    words=("digest", "brief", "briefing", "简报", "早报"),
    buttons={"brief": press},
    in_menu=True,
)
