"""/headlines: pages of five stories, by topic, source or word; each opens as a card."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.render import headlines as render
from bot.render import stories as cards
from bot.schedule.typed import SHELF_WORDS
from bot.services import feeds, news, quotes, saved, stories
from bot.services import interests as liking
from bot.texts import mark
from bot.tg.arguments import argument
from bot.tg.caring import cared
from bot.tg.command import Command
from bot.tg.sender import edit_buttons, put, reply

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.messages import Message
    from bot.models.stories import Story
    from bot.tg.context import Context


async def run(update: Update, context: Context) -> None:
    wanted = render.topic_typed(argument(context), context.texts).lower()
    context.later(update, _answer(update, context, wanted))


async def open_first(update: Update, context: Context, _: str) -> None:
    """The first page in a message of its own, from a button elsewhere."""
    context.later(update, _answer(update, context, ""))


async def turn(update: Update, context: Context, data: str) -> None:
    offset, language, wanted = data.split(":", 2)
    context.later(update, _turn(update, context, language, wanted, int(offset)))


async def topics(update: Update, context: Context, language: str) -> None:
    tools = context.tools
    known = await news.topics(tools.db, language, samples=tools.samples)
    await put(context.bot, update, render.topics(known, context.texts, language))


async def show(update: Update, context: Context, story_id: int) -> None:
    """One story in a message of its own."""
    found = await stories.find(context.tools.db, story_id)
    context.later(update, _show(update, context, found, ""))


async def story(update: Update, context: Context, data: str) -> None:
    """`id` opens a story in a message of its own, `id:part` turns a card to one of its parts."""
    story_id, _, part = data.partition(":")
    found = await stories.find(context.tools.db, int(story_id))
    if part == "buttons" and update.callback_query:
        keyboard = cards.keyboard(found, context.texts)
        keyboard = await saved.starred(context.tools.db, context.chat.id, keyboard)
        await edit_buttons(update.callback_query, keyboard)
    else:
        context.later(update, _show(update, context, found, part))


async def _answer(update: Update, context: Context, wanted: str) -> None:
    message = await _page(context, context.chat.language, wanted, 0)
    await reply(context.bot, update, message)


async def _turn(update: Update, context: Context, language: str, wanted: str, offset: int) -> None:
    await put(context.bot, update, await _page(context, language, wanted, offset))


async def _page(context: Context, language: str, wanted: str, offset: int) -> Message:
    tools, texts, now = context.tools, context.texts, context.tools.now()
    page = await news.page(
        tools.db, tools.children, context.chat, language, now=now,
        wanted=wanted, offset=offset, samples=tools.samples, web=tools.web,
    )  # fmt: skip
    if page.stories:
        return render.page(page, texts, now)
    known = await news.topics(tools.db, language, samples=tools.samples)
    first = await feeds.first_news(tools.db, samples=tools.samples)
    return render.none(page, texts, known, first - now if first else None)


async def _show(update: Update, context: Context, story: Story, part: str) -> None:
    send = put if part else reply
    card = await _card(context, story, part)
    keyboard = await saved.starred(context.tools.db, context.chat.id, card.keyboard)
    card = replace(card, keyboard=keyboard)
    card = await cared(update, context, f"headline-{story.lead.id}", card)
    await send(context.bot, update, card)


async def _card(context: Context, story: Story, part: str) -> Message:
    tools, texts, now = context.tools, context.texts, context.tools.now()
    if part == "sources":
        return cards.sources(story, texts, now)
    if part == "why":
        liked = await liking.followed(tools.db, context.chat.id, story, now)
        return cards.why(story, liked, texts, now)
    if part == "full":
        told, unread = await quotes.of_sources(tools.db, tools.children, story, tools.web)
        return cards.full(story, told, unread, texts, now)
    (read,) = await quotes.of_stories(tools.db, tools.children, [story], tools.web)
    return cards.card(read, texts, now)


COMMAND = Command(
    name="headlines",
    summary=mark("the news, or a part of it: /headlines science"),
    run=run,
    words=SHELF_WORDS["headlines"],
    buttons={"headlines": open_first, "news": turn, "topics": topics, "story": story},
    in_menu=True,
)
