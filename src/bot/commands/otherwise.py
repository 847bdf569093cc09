"""What no command takes: a helpful line in private chats, silence in groups."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.commands import queue, search, start, submit, subscribe, summarize, unsubscribe
from bot.models.messages import Message
from bot.tg.arguments import cut
from bot.tg.sender import reply
from bot.words.courtesy import plainly

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.command import AnyHandler
    from bot.tg.context import Context

SHOWN_CHARS = 32
# Nobody searches for so much: some 160 English words, or 330 Chinese characters.
MOST_SEARCHED_BYTES = 1_000


async def unknown_command(update: Update, context: Context) -> None:
    """Names the nearest command there is."""
    text, texts = (update.message and update.message.text) or "", context.texts
    typed = text.split()[0].lstrip("/").removesuffix(f"@{context.bot.username}")[:SHOWN_CHARS]
    known = [name for command in context.tools.roll for name in (command.name, *command.aliases)
             if command.needs is None]  # fmt: skip
    near = difflib.get_close_matches(typed.lower().partition("@")[0], known, n=1, cutoff=0.5)
    if near:
        hint = texts.say("I don't know /{typed}. Did you mean /{near}?", typed=typed, near=near[0])
    else:
        hint = texts.say("I don't know /{typed}. See /help for what I can do.", typed=typed)
    await reply(context.bot, update, Message.of(hint))


async def plain_text(update: Update, context: Context) -> None:
    """Takes it for what was asked for, or for a command in plain words, summarises a long one,
    searches for others, or says what can be asked, also to what has no words, such as a sticker.
    """
    text = (update.message and update.message.text) or ""
    if text and await queue.typed(update, context, text):
        return
    asked = plainly(text)
    command = next((each for each in context.tools.roll if asked in each.words), None)
    if command:
        await command.run(update, context)
        return
    if text and await submit.typed(update, context, text):
        return
    if text and await subscribe.typed(update, context, text):
        return
    if asked in submit.CANCEL:
        await unsubscribe.run(update, context)
        return
    if len(text.encode(errors="ignore")) > MOST_SEARCHED_BYTES:
        await summarize.text(update, context)
        return
    words = cut(text) if any(map(str.isalnum, text)) else ""
    if words and await search.answered(update, context, words):
        return
    hint = context.texts.say("I can tell a joke, the headlines or a long report. Pick one:")
    if words:
        hint = f"{search.nothing(context, words)}\n{hint}"
    await reply(context.bot, update, Message.of(hint, start.buttons(context.texts)))


async def old_button(update: Update, context: Context) -> None:
    """Every press is answered, also on a button of an earlier version."""
    if update.callback_query:
        text = context.texts.say("This button is no longer in use.")
        await context.tools.presses.answer(update.callback_query, text)


_PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE

HANDLERS: tuple[AnyHandler, ...] = (
    MessageHandler(_PRIVATE & filters.COMMAND, unknown_command),
    MessageHandler(_PRIVATE & ~filters.StatusUpdate.ALL, plain_text),
    CallbackQueryHandler(old_button),
)
