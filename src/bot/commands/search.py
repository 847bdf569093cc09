"""/search: words over jokes, stories and reports; in a private chat plain text does the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands import joke
from bot.models.messages import Message
from bot.models.search import SHELVES
from bot.render import search as render
from bot.services import search
from bot.texts import mark
from bot.tg.arguments import argument, cut
from bot.tg.command import Command
from bot.tg.sender import put, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.search import Found, Shelf
    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    query = argument(context)
    if not query:
        await reply(context.bot, update, render.ask(context.texts))
    elif not await answered(update, context, query):
        await reply(context.bot, update, Message.of(nothing(context, query)))


async def answered(update: Update, context: Context, query: str) -> bool:
    """Answer with what has these words; False if nothing does."""
    found = await _found(context, cut(query), None, 0)
    if not found.hits:
        return False
    await reply(context.bot, update, _message(found, context))
    return True


def nothing(context: Context, query: str) -> str:
    """What to say when nothing has these words."""
    return render.none(cut(query), context.texts)


async def turn(update: Update, context: Context, data: str) -> None:
    shelf, offset, query = data.split(":", 2)
    if shelf in SHELVES:
        found = await _found(context, query, shelf, int(offset))
        await put(context.bot, update, _message(found, context))


async def tell(update: Update, context: Context, joke_id: str) -> None:
    await joke.show(update, context, int(joke_id))


async def _found(context: Context, query: str, shelf: Shelf | None, offset: int) -> Found:
    tools = context.tools
    return await search.page(
        tools.db, context.chat.language, query, shelf, offset, samples=tools.samples
    )


def _message(found: Found, context: Context) -> Message:
    return render.page(found, search.words(found.query), context.texts)


COMMAND = Command(
    name="search",
    summary=mark("words in jokes, news and reports: /search harbour"),
    run=run,
    buttons={"found": turn, "tell": tell},
)
