"""/addreport: a draft that collects messages, files and links until Done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import telegram
from telegram.error import BadRequest

from bot.errors import UserError
from bot.models.drafts import Part
from bot.models.messages import Message
from bot.render import drafts as render
from bot.services import drafts, material
from bot.texts import mark
from bot.tg import links
from bot.tg.arguments import place_of
from bot.tg.command import Command
from bot.tg.files import download
from bot.tg.sender import reply, rewrite_at

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.drafts import Draft
    from bot.models.summaries import Kept
    from bot.tg.context import Context

    Source = telegram.Document | links.Link

PRIVATE_ONLY = mark("A report needs several messages: let's do that in our private chat.")
NO_MATERIAL = mark("I can take text, links and files here.")


async def run(update: Update, context: Context) -> None:
    """The first part is what stands behind the command, over it as a file, or what it answers."""
    if context.chat.kind != "private":
        raise UserError(PRIVATE_ONLY)
    tools, place, message = context.tools, place_of(update, context), update.message
    draft = await drafts.begin(tools.db, place, "reports", tools.now(), asks="parts")
    draft = draft or await drafts.current(tools.db, place)
    if draft is None:
        return
    draft = await drafts.without_status(tools.db, draft)
    own = message and (message.document or context.args)
    source = message if own else message and message.reply_to_message
    if source:
        await take(update, context, draft, source)
    else:
        await tell(update, context, draft)


async def take(update: Update, context: Context, draft: Draft, message: telegram.Message) -> None:
    """One more part."""
    tools, source = context.tools, message.document or links.of(message)
    tools.pieces.close(place_of(update, context))  # the draft joins them itself
    if source is None and not (message.text or message.caption):
        raise UserError(NO_MATERIAL)
    text = None if source else message.text or message.caption
    part = Part(message.message_id, _name(source), text)
    await material.add(tools.db, draft, part, tools.now())
    await tell(update, context, draft)
    if source is not None:
        reading = context.later(update, _read(update, context, draft, part, source))
        tools.reading[reading] = draft.id
        reading.add_done_callback(tools.reading.pop)


async def remind(update: Update, context: Context) -> None:
    """What is open comes once more below, with its buttons."""
    await reply(context.bot, update, Message.of(context.texts.say(drafts.OPEN)))
    tools = context.tools
    known = await drafts.current(tools.db, place_of(update, context))
    if known is not None:
        await tell(update, context, await drafts.without_status(tools.db, known))


async def read(update: Update, context: Context, draft: Draft, message_id: int, kept: Kept) -> None:
    """One more part: what was summarised before, read once more as a whole."""
    source: Source = links.Link(kept.url or "")
    if kept.file_id:
        source = telegram.Document(kept.file_id, kept.file_id)
    part = Part(message_id, kept.title, None)
    await material.add(context.tools.db, draft, part, context.tools.now())
    await _read(update, context, draft, part, source)


async def tell(update: Update, context: Context, draft: Draft) -> None:
    """One line says what there is so far."""
    tools = context.tools
    known = await drafts.current(tools.db, place_of(update, context))
    if known is None or known.id != draft.id or known.asks != "parts":
        return
    parts = await drafts.parts(tools.db, known)
    found = render.collecting(known, parts, material.size(parts), context.texts)
    message = context.bound(update, found)
    if known.status_id is not None:
        try:
            await rewrite_at(context.bot, context.chat.id, known.status_id, message)
        except BadRequest:  # somebody deleted it
            known = await drafts.without_status(tools.db, known)
        else:
            return
    sent = await reply(context.bot, update, message)
    if sent is not None:
        await drafts.set_status(tools.db, known, sent.message_id)


async def _read(update: Update, context: Context, draft: Draft, part: Part, source: Source) -> None:
    tools, now = context.tools, context.tools.now()
    try:
        async with tools.loads:
            if isinstance(source, links.Link):
                await material.of_link(
                    tools.db, tools.web, tools.children, draft, part, source.url, now
                )
            else:
                file = await _file(context, draft, part, source), None
                await material.of_file(tools.db, tools.children, draft, part, file, now)
    finally:
        await tell(update, context, draft)


async def _file(context: Context, draft: Draft, part: Part, document: telegram.Document) -> bytes:
    try:
        return await download(context.bot, document)
    except UserError:
        await material.drop(context.tools.db, draft, part)
        raise


def _name(source: Source | None) -> str | None:
    if source is None:
        return None
    return source.url if isinstance(source, links.Link) else source.file_name


COMMAND = Command(
    name="addreport",
    summary=mark("put a long report on the shelf"),
    run=run,
    in_menu=True,
    needs="editor",
    panel=mark("➕ Report"),
)
