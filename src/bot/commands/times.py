"""When a draft comes onto its shelf and when it leaves it: buttons, and a time that is typed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.render import times as render
from bot.schedule import moments
from bot.services import drafts
from bot.tg.arguments import place_of

if TYPE_CHECKING:
    from datetime import datetime

    from telegram import Update

    from bot.models.drafts import Draft
    from bot.models.messages import Keyboard
    from bot.tg.context import Context

COMES = {"morning": "tomorrow 8:00", "monday": "mon 8:00"}
HOUR = timedelta(hours=1)


def offered(draft: Draft, context: Context) -> Keyboard:
    """When it may come, and how long it may stay."""
    return render.choices(draft, context.texts)


async def choose(update: Update, context: Context, draft: Draft, value: str) -> None:
    """`now`, `hour`, `morning`, `monday`; `ever`, or how many days it stays."""
    now = context.tools.now()
    publish_at, expires_at = draft.publish_at, draft.expires_at
    if value == "hour":
        publish_at = now + HOUR
    elif value in COMES:
        publish_at = await _moment(update, context, COMES[value])
    elif value.isdigit():
        expires_at = (publish_at or now) + timedelta(days=int(value))
    elif value == "ever":
        expires_at = None
    else:
        publish_at = None
    await drafts.set_times(context.tools.db, draft, publish_at, expires_at, now)


async def typed(update: Update, context: Context, draft: Draft, text: str) -> None:
    """`tomorrow 8:00`, and after a dash or `until` when it goes."""
    start, end = render.halves(text)
    now = context.tools.now()
    comes = await _moment(update, context, start) if start else draft.publish_at
    goes = await _moment(update, context, end) if end else draft.expires_at
    if draft.item_id is not None:
        comes, goes = None, goes or comes
    await drafts.set_times(context.tools.db, draft, comes, goes, now)


async def _moment(update: Update, context: Context, text: str) -> datetime:
    place, default = place_of(update, context), context.tools.settings.timezone
    zone = await drafts.zone(context.tools.db, place, default)
    return moments.parse(text, context.tools.now(), zone)
