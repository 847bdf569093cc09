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
    entry, tools = draft.entry, context.tools
    zone = await drafts.zone(tools.db, place_of(update, context), tools.settings.timezone)
    when = times.facts(draft.publish_at, draft.expires_at, zone, context.texts)
    if isinstance(entry, JokeEntry) and draft.asks is None:
        alike = await likeness.near(context.tools.db, entry, draft.item_id)
        return render.joke(draft, entry, alike, context.texts, when)
    if isinstance(entry, ReportEntry) and draft.asks is None:
        alike = await likeness.near(context.tools.db, entry, draft.item_id)
        reading = draft.reading or await material.read(context.tools.children, entry)
        spots = await material.masked(context.tools.children, entry)
        return render.report(draft, entry, reading, spots, alike, context.texts, when)
    if isinstance(entry, HeadlineEntry) and draft.asks is None:
        alike = await likeness.near(context.tools.db, entry, draft.item_id)
        quotes = await clippings.quotes(context.tools.children, entry)
        return render.headline(draft, entry, quotes, alike, context.texts, when)
    if isinstance(entry, FeedEntry) and draft.asks is None:
        alike = await likeness.near(context.tools.db, entry, draft.item_id)
        return newfeeds.preview(draft, entry, alike, context.texts, tools.now(), when)
    return render.asking(draft, context.texts)
