"""/summarize: a link, a file, a message or a text in a few of its own sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.config import MAX_DOWNLOAD_BYTES
from bot.models.messages import Message
from bot.render import summaries as render
from bot.services import summaries
from bot.texts import mark
from bot.tg import links
from bot.tg.arguments import place_of
from bot.tg.caring import shelvable
from bot.tg.command import Command
from bot.tg.files import download
from bot.tg.pieces import Text
from bot.tg.progress import attend, cancel
from bot.tg.sender import put, reply

if TYPE_CHECKING:
    import telegram
    from telegram import Update

    from bot.child import Progress
    from bot.models.summaries import Kept
    from bot.tg.context import Context

    Source = Text | links.Link | telegram.Document

HINT = mark(
    "Send me a link or a file, answer one with /summarize, or write the link or the text after it."
    " I read files of up to {most} MB: PDF, Word, web pages and plain text."
)


async def run(update: Update, context: Context) -> None:
    source = _asked(update.message, update, context) if update.message else None
    if source:
        _begin(update, context, source)
    else:
        hint = context.texts.say(HINT, most=MAX_DOWNLOAD_BYTES // 2**20)
        await reply(context.bot, update, Message.of(hint))


async def file(update: Update, context: Context) -> None:
    """A file that was simply sent, or one with the command as its caption."""
    if update.message and update.message.document:
        _begin(update, context, update.message.document)


async def link(update: Update, context: Context) -> None:
    """A link that was simply sent."""
    found = links.of(update.message) if update.message else None
    if found:
        _begin(update, context, found)


async def text(update: Update, context: Context) -> None:
    """A long text that was simply sent."""
    if update.message:
        _begin(update, context, _whole(update, context, update.message))


async def length(update: Update, context: Context, data: str) -> None:
    summary_id, count = data.split(":")
    kept = await _kept(context, summary_id)
    message = render.summary(kept, context.texts, int(count))
    await put(context.bot, update, await shelvable(update, context, kept, message))


async def outline(update: Update, context: Context, data: str) -> None:
    message = render.outline(await _kept(context, data), context.texts)
    await reply(context.bot, update, message)


async def part(update: Update, context: Context, data: str) -> None:
    """`id:part` turns to a part; `id:part:new` opens it in a message of its own."""
    summary_id, number, *new = data.split(":")
    message = render.section(await _kept(context, summary_id), context.texts, int(number))
    await (reply if new else put)(context.bot, update, message)


async def figures(update: Update, context: Context, data: str) -> None:
    message = render.figures(await _kept(context, data), context.texts)
    await reply(context.bot, update, message)


def _begin(update: Update, context: Context, source: Source) -> None:
    task = context.later(update, _tell(update, context, source))
    if isinstance(source, Text):
        source.task = task


async def _tell(update: Update, context: Context, source: Source) -> None:
    """The same update gets the same summary, also after a restart in the middle."""

    async def work(progress: Progress) -> Message:
        kept = await summaries.known(context.tools.db, context.chat.id, update.update_id)
        kept = kept or await _made(update, context, source, progress)
        return await shelvable(update, context, kept, render.summary(kept, context.texts))

    if isinstance(source, Text):
        await source.pieces()  # nothing is said of it before its last piece has come
    await attend(update, context, work)


async def _made(update: Update, context: Context, source: Source, progress: Progress) -> Kept:
    tools, place = context.tools, (context.chat.id, update.update_id)
    if isinstance(source, Text):
        sent = await source.pieces(), source.start
        return await summaries.of_text(tools.db, tools.children, *place, sent, tools.now())
    async with tools.loads:
        if isinstance(source, links.Link):
            return await summaries.of_link(
                tools.db, tools.web, tools.children, *place, source.url, tools.now(), progress
            )
        found = source.file_name or "", await download(context.bot, source)
        kept = await summaries.of_file(
            tools.db, tools.children, *place, found, tools.now(), progress
        )
        return await summaries.from_file(tools.db, kept, source.file_id)


async def _kept(context: Context, summary_id: str) -> Kept:
    return await summaries.find(context.tools.db, context.chat.id, int(summary_id))


def _asked(message: telegram.Message, update: Update, context: Context) -> Source | None:
    """What stands after the command, else what it answers."""
    if start := _length_of_command(message):
        return links.of(message) or _whole(update, context, message, start)
    answered = message.reply_to_message
    if answered is None:
        return None
    if found := answered.document or links.of(answered):
        return found
    return _whole(update, context, answered) if answered.text or answered.caption else None


def _whole(update: Update, context: Context, message: telegram.Message, start: int = 0) -> Text:
    return context.tools.pieces.begun(place_of(update, context), message, start)


def _length_of_command(message: telegram.Message) -> int:
    """Where the text behind it begins; 0 if there is none."""
    text = message.text or ""
    _, *rest = text.split(maxsplit=1)
    return len(text) - len(rest[0]) if rest else 0


COMMAND = Command(
    name="summarize",
    summary=mark("a link, a file or text in a few of its own sentences"),
    run=run,
    buttons={
        "summary": length,
        "headings": outline,
        "part": part,
        "numbers": figures,
        "halt": cancel,
    },
)
