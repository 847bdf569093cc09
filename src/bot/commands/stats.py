"""/stats: the numbers as pictures, each with a summary in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models.messages import File
from bot.render import stats as render
from bot.services import stats
from bot.texts import mark
from bot.tg.command import Command
from bot.tg.sender import send_photo

if TYPE_CHECKING:
    from telegram import Update

    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    context.later(update, _show(update, context, stats.PAGES[0], dark=False))


async def press(update: Update, context: Context, data: str) -> str | None:
    """`page:ground`; a picture of its own, so that the others can be compared."""
    page, _, ground = data.partition(":")
    if page in stats.PAGES:
        context.later(update, _show(update, context, page, dark=ground == "dark"))
    return context.texts.say("Drawing …")


async def _show(update: Update, context: Context, page: str, *, dark: bool) -> None:
    tools, texts = context.tools, context.texts
    found = await stats.collect(tools.db, tools.now(), samples=tools.samples)
    picture = await stats.draw(found, page, texts.language, tools.settings.data_dir, dark=dark)
    file = File(f"{page}.png", picture, render.caption(found, page, texts))
    buttons = context.bound(update, render.shown(page, texts, dark=dark))
    await send_photo(context.bot, update, file, buttons.keyboard)


COMMAND = Command(
    name="stats",
    summary=mark("the numbers as pictures"),
    run=run,
    buttons={"stats": press},
    in_menu=True,
    needs="admin",
    panel=mark("📊 Numbers"),
)
