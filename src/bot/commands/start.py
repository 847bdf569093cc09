"""/start: says what this is and asks nothing; its links open a shared joke or report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import joke, report
from bot.models.messages import Button, Keyboard, Message
from bot.services import access, chats
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.menus import publish_for
from bot.tg.sender import reply
from bot.words.numbers import whole

if TYPE_CHECKING:
    from telegram import Update

    from bot.texts import Texts
    from bot.tg.context import Context

OTHER = {"en": ("中文", "zh"), "zh": ("English", "en")}


async def run(update: Update, context: Context) -> None:
    await chats.resume(context.tools.db, context.chat.id)
    await _show_menu(update, context)
    kind, _, rest = (context.args[0] if context.args else "").partition("-")
    if kind == "invite":
        await _invited(update, context, rest)
    elif kind == "joke" and (number := whole(rest)) is not None:
        await joke.show(update, context, number)
    elif kind == "report" and (number := whole(rest)) is not None:
        await report.show(update, context, number)
    else:
        await reply(context.bot, update, welcome(context.texts))


def welcome(texts: Texts) -> Message:
    """The first message, with a button for each shelf."""
    text = texts.say(
        "Jokes, headlines, and long reports in their own words: quoted, never rewritten."
    )
    more = texts.say("Send me a link or a file and I'll do the same.")
    return Message.of(f"{text}\n{more}", buttons(texts))


def buttons(texts: Texts) -> Keyboard:
    """The three shelves and the other language."""
    name, code = OTHER[texts.language]
    return (
        (
            Button("😄 " + texts.say("Joke"), "joke:"),
            Button("📰 " + texts.say("Headlines"), "headlines:"),
            Button("📖 " + texts.say("Report"), "reports:"),
        ),
        (
            Button("☀️ " + texts.say("One brief a day"), "subscribe:"),
            Button(name, f"speak:{code}:start"),
        ),
    )


async def _show_menu(update: Update, context: Context) -> None:
    """Who looks after the bot may write for the first time now: before that there was no chat to
    put their menu into.
    """
    person, tools = update.effective_user, context.tools
    if person is None or context.chat.kind != "private":
        return
    role = await tools.role_of(person.id)
    if role:
        await publish_for(context.bot, tools.roll, person.id, role, tools.settings.language)


async def _invited(update: Update, context: Context, code: str) -> None:
    person, tools = update.effective_user, context.tools
    if person and await access.redeem(tools.db, code, person.id, tools.now()):
        await reply(context.bot, update, welcome(context.texts))
    else:
        text = context.texts.say(
            "This invitation has expired or was used. Please ask for a new one."
        )
        await reply(context.bot, update, Message.of(text))


COMMAND = Command(
    name="start",
    summary=mark("say hello"),
    run=run,
    words=("start", "hello", "hi", "hey", "你好", "您好", "开始"),
)
