"""A draft as its admin looks at it, in a message of its own or in the one that was pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models.feeds import FeedEntry
from bot.models.headlines import HeadlineEntry
from bot.models.jokes import JokeEntry
from bot.models.reports import ReportEntry
from bot.render import drafts as render
from bot.render import newfeeds, times
from bot.services import clippings, drafts, likeness, material
from bot.tg.arguments import place_of
from bot.tg.sender import put, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.drafts import Draft
    from bot.models.messages import Message
    from bot.tg.context import Context


async def show(update: Update, context: Context, draft: Draft, *, anew: bool = True) -> None:
    """The draft as it is, in a message of its own or in the one that was pressed."""
    send = reply if anew else put
    await send(context.bot, update, context.bound(update, await _shown(update, context, draft)))


async def _shown(update: Update, context: Context, draft: Draft) -> Message:
    entry, tools, texts = draft.entry, context.tools, context.texts
    if entry is None or draft.asks is not None:
        return render.asking(draft, texts)
    zone = await drafts.zone(tools.db, place_of(update, context), tools.settings.timezone)
    when = times.facts(draft.publish_at, draft.expires_at, zone, texts)
    alike = await likeness.near(tools.db, entry, draft.item_id)
    match entry:
        case JokeEntry():
            return render.joke(draft, entry, alike, texts, when)
        case ReportEntry():
            reading = draft.reading or await material.read(tools.children, entry)
            spots = await material.masked(tools.children, entry)
            return render.report(draft, entry, reading, spots, alike, texts, when)
        case HeadlineEntry():
            quotes = await clippings.quotes(tools.children, entry)
            return render.headline(draft, entry, quotes, alike, texts, when)
        case FeedEntry():
            return newfeeds.preview(draft, entry, alike, texts, tools.now(), when)
