"""/import: a file of content is looked at, brought in as a whole, and taken back as one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import telegram

from bot.errors import UserError
from bot.render import drafts as asking
from bot.render import imports as render
from bot.services import drafts, importing, moving, uploads
from bot.texts import mark
from bot.tg.arguments import place_of
from bot.tg.command import Command
from bot.tg.files import download, file_of
from bot.tg.progress import attend
from bot.tg.sender import put, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.child import Progress
    from bot.models.imports import Import
    from bot.models.messages import Message
    from bot.tg.context import Context

PRIVATE_ONLY = mark("An import is between the two of us: please do that in our private chat.")
FILE_ONLY = mark("I need a file here.")
OTHER = mark("Another draft is open here: finish it with its buttons first.")
SHELVES = ("jokes", "reports")


async def run(update: Update, context: Context) -> None:
    """The file that it stands under or answers, or else the next one."""
    message = update.message
    if context.chat.kind != "private":
        raise UserError(PRIVATE_ONLY)
    answered = message and message.reply_to_message
    document = message and (message.document or (answered and answered.document))
    if document:
        context.later(update, _look(update, context, document))
        return
    tools, place = context.tools, place_of(update, context)
    draft = await drafts.begin(tools.db, place, "jokes", tools.now(), asks="import")
    if draft is None:
        raise UserError(OTHER)
    await reply(context.bot, update, context.bound(update, asking.asking(draft, context.texts)))


async def take(update: Update, context: Context, message: telegram.Message) -> None:
    """The file that was asked for."""
    if message.document is None:
        raise UserError(FILE_ONLY)
    tools, place = context.tools, place_of(update, context)
    draft = await drafts.current(tools.db, place)
    if draft is not None:
        await drafts.cancel(tools.db, place, draft.id)
    context.later(update, _look(update, context, message.document))


async def press(update: Update, context: Context, data: str) -> None:
    """`id:act`."""
    number, act = data.split(":")
    tools, (_, person_id) = context.tools, place_of(update, context)
    one = await uploads.find(tools.db, person_id, int(number))
    if act == "go":
        context.later(update, _go(update, context, one))
    elif act == "house":
        context.later(update, _move_in(update, context, one))
    elif act == "undo":
        context.later(update, _undo(update, context, one))
    else:
        await uploads.drop(tools.db, one)
        await put(context.bot, update, render.dropped(context.texts))


async def _look(update: Update, context: Context, document: telegram.Document) -> None:
    tools, (_, person_id) = context.tools, place_of(update, context)
    name, shelf = document.file_name or "file", _shelf(update)

    async def work(_: Progress) -> Message:
        async with tools.loads:
            data = await download(context.bot, document)
            if moving.is_house(data):
                return await _house(context, update, document.file_id, data)
            found = await uploads.look(tools.settings, name, data, shelf)
        kept = (name, document.file_id, shelf, tools.now())
        one = await uploads.keep(tools.db, person_id, *kept)
        return context.bound(update, render.looked(one, name, found, context.texts))

    await attend(update, context, work)


async def _house(context: Context, update: Update, file_id: str, data: bytes) -> Message:
    """The people of another bot are no content: they come in at once, and there is no undo."""
    tools, (_, person_id) = context.tools, place_of(update, context)
    counts = moving.counts(await moving.read(tools.children, data))
    one = await uploads.keep(tools.db, person_id, moving.NAME, file_id, None, tools.now())
    return context.bound(update, render.house(one, counts, context.texts))


async def _move_in(update: Update, context: Context, one: Import) -> None:
    tools = context.tools
    async with tools.loads:
        house = await moving.read(tools.children, await file_of(context.bot, one.file_id or ""))
    counts = await moving.take_in(tools.db, house, one.person_id, update.update_id, tools.now())
    await uploads.drop(tools.db, one)
    tools.gate.forget_bans()
    await put(context.bot, update, render.moved_in(counts, context.texts))


async def _go(update: Update, context: Context, one: Import) -> None:
    tools, (_, person_id) = context.tools, place_of(update, context)
    fetch = partial(file_of, context.bot, one.file_id or "")

    async def work(progress: Progress) -> Message:
        async with tools.imports, tools.loads:
            # Another press may have brought it in meanwhile.
            now_it_is = await uploads.find(tools.db, person_id, one.id)
            done = await uploads.go(
                tools.db, tools.settings, now_it_is, fetch, update.update_id, tools.now(),
                progress.tell,
            )  # fmt: skip
        return context.bound(update, render.done(done, context.texts))

    pressed = update.callback_query and update.callback_query.message
    shown = pressed if isinstance(pressed, telegram.Message) else None
    await attend(update, context, work, render.coming_in, shown)


async def _undo(update: Update, context: Context, one: Import) -> None:
    tools, (_, person_id) = context.tools, place_of(update, context)
    taken, kept = await importing.take_back(
        tools.db, person_id, one.id, update.update_id, tools.now()
    )
    await put(context.bot, update, render.undone(taken, kept, context.texts))


def _shelf(update: Update) -> str | None:
    """The one that stands after the command."""
    message = update.message
    words = ((message and (message.text or message.caption)) or "").lower().split()
    return next((word for word in words[1:2] if word in SHELVES), None)


COMMAND = Command(
    name="import",
    summary=mark("put a file of content on the shelves"),
    run=run,
    buttons={"import": press},
    needs="admin",
    panel=mark("📂 Import"),
)
