"""/report: the shelf of long reports, each told in its own sentences."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from bot.render import reports as render
from bot.schedule.typed import SHELF_WORDS
from bot.services import reports, saved
from bot.texts import mark
from bot.tg.arguments import argument
from bot.tg.caring import cared
from bot.tg.command import Command
from bot.tg.sender import put, reply, send_file
from bot.words.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Update

    from bot.models.messages import Message
    from bot.models.reading import Reading
    from bot.models.reports import Report
    from bot.texts import Texts
    from bot.tg.context import Context

    Part = Callable[[Report, Reading, Texts], Message]


async def run(update: Update, context: Context) -> None:
    wanted = argument(context)
    if (number := whole(wanted)) is not None:
        await _nth(update, context, number)
    else:
        await _shelf(update, context, context.chat.language, wanted, 0)


async def show(update: Update, context: Context, report_id: int) -> None:
    """One report in a message of its own."""
    context.later(update, _summary(update, context, report_id, render.LENGTHS[0], new=True))


async def open_shelf(update: Update, context: Context, _: str) -> None:
    """The shelf in a message of its own, from a button elsewhere."""
    page = await reports.page(context.tools.db, context.chat.language)
    message = render.shelf if page.cards else render.none
    await reply(context.bot, update, message(page, context.texts))


async def turn(update: Update, context: Context, data: str) -> None:
    offset, language, wanted = data.split(":", 2)
    await _shelf(update, context, language, wanted, int(offset))


async def length(update: Update, context: Context, data: str) -> None:
    """`id:sentences` edits the summary; `id:sentences:new` opens it in a message of its own."""
    report_id, count, *new = data.split(":")
    context.later(update, _summary(update, context, int(report_id), int(count), new=bool(new)))


async def outline(update: Update, context: Context, data: str) -> None:
    context.later(update, _part(update, context, int(data), render.outline))


async def section(update: Update, context: Context, data: str) -> None:
    """`id:part` turns to a part; `id:part:new` opens it in a message of its own."""
    report_id, number, *new = data.split(":")
    part = partial(render.section, number=int(number))
    context.later(update, _part(update, context, int(report_id), part, new=bool(new)))


async def figures(update: Update, context: Context, data: str) -> None:
    context.later(update, _part(update, context, int(data), render.figures))


async def text(update: Update, context: Context, data: str) -> None:
    report = await reports.find(context.tools.db, int(data))
    await send_file(context.bot, update, render.document(report))


async def _nth(update: Update, context: Context, number: int) -> None:
    language = context.chat.language
    page = await reports.page(context.tools.db, language, offset=max(number, 1) - 1)
    if number < 1 or not page.cards:
        await reply(context.bot, update, render.too_few(page, context.texts))
    else:
        await show(update, context, page.cards[0].id)


async def _shelf(update: Update, context: Context, language: str, wanted: str, offset: int) -> None:
    page = await reports.page(context.tools.db, language, wanted=wanted, offset=offset)
    if wanted and page.total == 1:
        await show(update, context, page.cards[0].id)
    elif page.cards:
        await put(context.bot, update, render.shelf(page, context.texts))
    else:
        await put(context.bot, update, render.none(page, context.texts))


async def _summary(
    update: Update, context: Context, report_id: int, count: int, *, new: bool
) -> None:
    tools = context.tools
    report = await reports.find(tools.db, report_id)
    reading = await reports.read(tools.db, tools.children, report)
    message = render.summary(report, reading, context.texts, count)
    keyboard = await saved.starred(tools.db, context.chat.id, message.keyboard)
    message = replace(message, keyboard=keyboard)
    message = await cared(update, context, f"report-{report.id}", message)
    if new:
        await reply(context.bot, update, message)
    else:
        await put(context.bot, update, message)


async def _part(
    update: Update, context: Context, report_id: int, part: Part, *, new: bool = True
) -> None:
    tools = context.tools
    report = await reports.find(tools.db, report_id)
    reading = await reports.read(tools.db, tools.children, report)
    send = reply if new else put
    await send(context.bot, update, part(report, reading, context.texts))


COMMAND = Command(
    name="report",
    summary=mark("long reports in a few of their own sentences"),
    run=run,
    aliases=("longread",),
    words=SHELF_WORDS["reports"],
    buttons={
        "reports": open_shelf,
        "shelf": turn,
        "report": length,
        "outline": outline,
        "section": section,
        "figures": figures,
        "text": text,
    },
    in_menu=True,
    shy_in_groups=True,
)
