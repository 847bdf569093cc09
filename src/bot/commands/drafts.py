"""An admin's draft: what is sent while one is open, and the buttons of its preview."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.commands import addfeed, addreport, importing, times
from bot.commands.previews import show
from bot.content import fields
from bot.errors import UserError
from bot.models.feeds import FeedEntry
from bot.models.headlines import HeadlineEntry
from bot.models.jokes import JokeEntry
from bot.models.messages import Message
from bot.models.plans import Plan
from bot.models.reports import ReportEntry
from bot.render import acts as done
from bot.render import drafts as render
from bot.render import times as render_times
from bot.services import clippings, composing, drafts
from bot.services import jokes as shelf_of_jokes
from bot.services import material as material_of
from bot.texts import mark
from bot.tg import links, posts
from bot.tg.arguments import place_of
from bot.tg.sender import edit_buttons, put, reply
from bot.words.language import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import telegram
    from telegram import Update

    from bot.models.acts import ItemEntry, Shelf
    from bot.models.drafts import Asks, Draft
    from bot.models.messages import Keyboard
    from bot.tg.context import Context

    Act = Callable[[Update, Context, Draft, str], Awaitable[None]]

PRIVATE_ONLY = mark("Let's do that in our private chat, or write the text after the command.")
# So much beside a link is no headline of its own.
BESIDE_CHARS = 10


async def begin(
    update: Update, context: Context, shelf: Shelf, entry: ItemEntry | None = None
) -> None:
    """Open a draft of this, or one that asks for it."""
    if entry is None and context.chat.kind != "private":
        raise UserError(PRIVATE_ONLY)
    tools, place = context.tools, place_of(update, context)
    asks: Asks | None = None if entry else "text"
    draft = await drafts.begin(tools.db, place, shelf, tools.now(), entry=entry, asks=asks)
    if draft is None:
        await addreport.remind(update, context)
    else:
        await show(update, context, draft)


async def press(update: Update, context: Context, data: str) -> None:
    """`id:act` or `id:act:value`."""
    draft_id, act, value, *_ = f"{data}::".split(":")
    place, db = place_of(update, context), context.tools.db
    if act == "publish":
        await _publish(update, context, int(draft_id))
    elif act == "cancel":
        await drafts.cancel(db, place, int(draft_id))
        await put(context.bot, update, render.cancelled(context.texts))
    else:
        await ACTS[act](update, context, await drafts.find(db, place, int(draft_id)), value)


async def _publish(update: Update, context: Context, draft_id: int) -> None:
    tools, place, texts = context.tools, place_of(update, context), context.texts
    made = await drafts.publish(tools.db, place, draft_id, update.update_id, tools.now())
    if isinstance(made, Plan):
        zone = await drafts.zone(tools.db, place, tools.settings.timezone)
        shown = render_times.planned(made, zone, texts)
    else:
        shown = done.done(made, texts)
    await put(context.bot, update, context.bound(update, shown))


async def take(update: Update, context: Context, draft: Draft) -> None:
    """A part of the material, or the text or title that was asked for."""
    message = update.message
    if draft.asks == "import" and message:
        await importing.take(update, context, message)
        return
    if draft.asks == "feed" and message:
        await addfeed.take(update, context, message)
        return
    if draft.asks == "parts" and message:
        await addreport.take(update, context, draft, message)
        return
    if draft.shelf == "headlines" and draft.asks == "text" and message:
        context.later(update, _clip(update, context, draft, message))
        return
    text = ((message and (message.text or message.caption)) or "").strip()
    if not text:
        raise UserError(addfeed.TEXT_ONLY)
    if draft.asks == "when":
        await times.typed(update, context, draft, text)
        await _again(update, context, draft, anew=True)
        return
    entry = await _with_text(context, draft, text)
    await _set(update, context, draft, entry, anew=True)


async def headline(
    context: Context, message: telegram.Message, text: str | None = None
) -> HeadlineEntry:
    """Of a link, of a post that was passed on, or of what was written."""
    tools, default, now = context.tools, context.chat.language, context.tools.now()
    text = text or message.text or message.caption or ""
    link, origin = links.of(message), posts.origin_of(message)
    if link and not origin and len(text) <= len(link.url) + BESIDE_CHARS:
        return await clippings.of_link(tools.db, tools.web, tools.children, link.url, default, now)
    if not text.strip():
        raise UserError(addfeed.TEXT_ONLY)
    source, url = origin or (context.bot.first_name, link.url if link else "")
    return await clippings.of_text(tools.db, text, source, url, default, now)


async def _clip(update: Update, context: Context, draft: Draft, message: telegram.Message) -> None:
    entry = await headline(context, message)
    await _set(update, context, draft, entry, anew=True)


async def _with_text(context: Context, draft: Draft, text: str) -> ItemEntry:
    entry = draft.entry
    if draft.asks == "title" and entry is not None and not isinstance(entry, JokeEntry):
        return replace(entry, title=material_of.titled(text))
    made = await composing.joke(context.tools.db, text, context.chat.language)
    if isinstance(entry, JokeEntry):
        return replace(entry, text=made.text, punchline=made.punchline)
    return made


async def _set(
    update: Update, context: Context, draft: Draft, entry: ItemEntry, *, anew: bool = False
) -> None:
    await drafts.put(context.tools.db, draft, entry, context.tools.now())
    await _again(update, context, draft, anew=anew)


async def _again(update: Update, context: Context, draft: Draft, *, anew: bool = False) -> None:
    """The draft as it stands by now."""
    fresh = await drafts.find(context.tools.db, place_of(update, context), draft.id)
    await show(update, context, fresh, anew=anew)


async def _times(update: Update, context: Context, draft: Draft, _: str) -> None:
    await _offer(update, context, times.offered(draft, context))


async def _at(update: Update, context: Context, draft: Draft, value: str) -> None:
    await times.choose(update, context, draft, value)
    await _again(update, context, draft)


async def _ask_when(update: Update, context: Context, draft: Draft, _: str) -> None:
    await _ask(update, context, draft, "when")


async def _show(update: Update, context: Context, draft: Draft, _: str) -> None:
    await show(update, context, draft, anew=False)


async def _ask_text(update: Update, context: Context, draft: Draft, _: str) -> None:
    await _ask(update, context, draft, "text")


async def _ask_title(update: Update, context: Context, draft: Draft, _: str) -> None:
    await _ask(update, context, draft, "title")


async def _done(update: Update, context: Context, draft: Draft, _: str) -> None:
    finishing = context.tools.finishing
    if draft.id not in finishing:
        finishing.add(draft.id)
        context.later(update, _finish_when_read(update, context, draft))


async def _finish_when_read(update: Update, context: Context, draft: Draft) -> None:
    """Unless it was cancelled while parts of it were still being read."""
    tools = context.tools
    known: Draft | None = draft
    try:
        if reading := [task for task, of in tools.reading.items() if of == draft.id]:
            await asyncio.wait(reading)
            known = await drafts.current(tools.db, place_of(update, context))
        if known and known.id == draft.id:
            await finish(update, context, draft)
    finally:
        tools.finishing.discard(draft.id)


async def finish(update: Update, context: Context, draft: Draft) -> None:
    """The preview comes below all that was sent."""
    tools = context.tools
    if draft.asks == "parts":
        now, language = tools.now(), context.chat.language
        await material_of.finish(tools.db, tools.children, draft, language, now)
    await _again(update, context, draft, anew=True)


async def _shelf(update: Update, context: Context, draft: Draft, value: str) -> None:
    """To which shelf it goes; without a value, which there are."""
    if not value:
        names = render.shelves(context.texts)
        await _offer(update, context, render.choices(draft, "shelf", names, context.texts))
    elif value == "jokes" and isinstance(draft.entry, ReportEntry):
        text = draft.entry.text
        joke = await composing.joke(context.tools.db, text, context.chat.language)
        await _set(update, context, draft, joke)
    else:
        await show(update, context, draft, anew=False)


async def _ask(update: Update, context: Context, draft: Draft, asks: Asks) -> None:
    place = place_of(update, context)
    await drafts.ask(context.tools.db, place, draft, asks, context.tools.now())
    asked = render.asking(replace(draft, asks=asks), context.texts)
    await reply(context.bot, update, context.bound(update, asked))


async def _part(update: Update, context: Context, draft: Draft, _: str) -> None:
    if isinstance(draft.entry, JokeEntry):
        await _set(update, context, draft, composing.parted_otherwise(draft.entry))


async def _categories(update: Update, context: Context, draft: Draft, _: str) -> None:
    if draft.entry is None:
        return
    if isinstance(draft.entry, HeadlineEntry | FeedEntry):
        filed = render.topics(context.texts)
        await _offer(update, context, render.choices(draft, "category", filed, context.texts))
        return
    known = await shelf_of_jokes.categories(context.tools.db, draft.entry.language)
    names = render.categories([name for name, _ in known], context.texts)
    await _offer(update, context, render.choices(draft, "category", names, context.texts))


async def _category(update: Update, context: Context, draft: Draft, value: str) -> None:
    if isinstance(draft.entry, JokeEntry):
        chosen = fields.category({"category": value})
        await _set(update, context, draft, replace(draft.entry, category=chosen))
    elif isinstance(draft.entry, HeadlineEntry | FeedEntry):
        chosen = fields.topic(value)
        await _set(update, context, draft, replace(draft.entry, topic=chosen))


async def _languages(update: Update, context: Context, draft: Draft, _: str) -> None:
    if draft.entry is not None:
        more = sorted(LANGUAGES) if isinstance(draft.entry, FeedEntry) else (draft.entry.language,)
        names = render.languages(context.texts, *more)
        await _offer(update, context, render.choices(draft, "language", names, context.texts))


async def _language(update: Update, context: Context, draft: Draft, value: str) -> None:
    if draft.entry is not None:
        chosen = replace(draft.entry, language=fields.language(value))
        await _set(update, context, draft, chosen)


async def _offer(update: Update, context: Context, keyboard: Keyboard) -> None:
    if update.callback_query:
        shown = context.bound(update, Message.of("", keyboard))
        await edit_buttons(update.callback_query, shown.keyboard)


ACTS: dict[str, Act] = {
    "show": _show,
    "text": _ask_text,
    "title": _ask_title,
    "done": _done,
    "shelf": _shelf,
    "parts": _part,
    "categories": _categories,
    "category": _category,
    "languages": _languages,
    "language": _language,
    "times": _times,
    "at": _at,
    "when": _ask_when,
}
