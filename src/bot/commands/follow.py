"""/follow: words, sources and topics that a chat wants first."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bot.models.interests import Interest
from bot.models.messages import Message
from bot.render import interests as render
from bot.render import stories as cards
from bot.render.headlines import topic_typed
from bot.schedule import spans
from bot.services import interests, saved, stories
from bot.texts import mark
from bot.tg.arguments import cut
from bot.tg.command import Command
from bot.tg.members import in_charge
from bot.tg.sender import edit_buttons, put, reply, topic_of

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.interests import Kind, What
    from bot.tg.context import Context

ASK, WHATS = "?", {"word", "source", "topic"}
NOT_YOURS = mark("Only this chat's admins can choose what it follows and mutes.")


async def run(update: Update, context: Context) -> None:
    if wanted := await typed(update, context, "follow"):
        await reply(context.bot, update, await kept(update, context, *wanted))


async def press(update: Update, context: Context, data: str) -> str | None:
    return await pressed(update, context, "follow", data)


async def pressed(update: Update, context: Context, kind: Kind, data: str) -> str:
    """`story` offers what of it may be followed or muted, `story:?:what:name` asks for how many
    days, 0 for good, and `story:7:what:name` does it.
    """
    story_id, _, rest = data.partition(":")
    if not rest:
        return await offer(update, context, int(story_id), kind)
    days, _, named = rest.partition(":")
    if days in WHATS:  # a button of before there was a choice
        days, named = "0", rest
    what, _, name = named.partition(":")
    interest = Interest(kind, cast("What", what), name)
    if days != ASK:
        return await settle(update, context, int(story_id), interest, int(days) or None)
    if not await in_charge(update, context):
        return context.texts.say(NOT_YOURS)
    if update.callback_query:
        keyboard = render.how_long(int(story_id), interest, context.texts)
        await edit_buttons(update.callback_query, keyboard)
    return render.for_how_long(interest, context.texts)


async def press_list(update: Update, context: Context, _: str) -> None:
    """From a button elsewhere."""
    await reply(context.bot, update, await _list(context))


async def press_end(update: Update, context: Context, data: str) -> str:
    if not await in_charge(update, context):
        return context.texts.say(NOT_YOURS)
    gone = await interests.end(context.tools.db, context.chat.id, int(data))
    await put(context.bot, update, await _list(context))
    return render.ended(gone, context.texts)


async def typed(update: Update, context: Context, kind: Kind) -> tuple[Interest, int | None] | None:
    """What the words after the command mean, and for how many days; None once all there is to say
    was said.
    """
    words, days = spans.named(" ".join(context.args or []))
    name, language = topic_typed(cut(words), context.texts), context.chat.language
    if name and await in_charge(update, context):
        return await interests.named(context.tools.db, kind, language, name), days
    if name:
        await reply(context.bot, update, Message.of(context.texts.say(NOT_YOURS)))
    else:
        await reply(context.bot, update, await _list(context))
    return None


async def kept(update: Update, context: Context, interest: Interest, days: int | None) -> Message:
    """Done, and what there is to say of it."""
    return render.confirmed(await _keep(update, context, interest, days), context.texts)


async def offer(update: Update, context: Context, story_id: int, kind: Kind) -> str:
    """Put what of a story may be followed or muted in the place of its buttons."""
    if not await in_charge(update, context):
        return context.texts.say(NOT_YOURS)
    story = await stories.find(context.tools.db, story_id)
    words = await interests.words(context.tools.children, story)
    if update.callback_query:
        keyboard = render.choices(kind, story, words, context.texts)
        await edit_buttons(update.callback_query, keyboard)
    return render.of_what(kind, context.texts)


async def settle(
    update: Update, context: Context, story_id: int, interest: Interest, days: int | None = None
) -> str:
    """Under a story its buttons come back; a question becomes its answer."""
    if not await in_charge(update, context):
        return context.texts.say(NOT_YOURS)
    tools, texts = context.tools, context.texts
    found = await _keep(update, context, interest, days)
    if not story_id:
        await put(context.bot, update, render.confirmed(found, texts))
    elif update.callback_query:
        story = await stories.find(tools.db, story_id)
        keyboard = await saved.starred(tools.db, context.chat.id, cards.keyboard(story, texts))
        await edit_buttons(update.callback_query, keyboard)
    return render.done(found, texts)


async def _keep(update: Update, context: Context, interest: Interest, days: int | None) -> Interest:
    tools = context.tools
    return await interests.put(
        tools.db, context.chat.id, interest, tools.now(), days=days, topic_id=topic_of(update)
    )


async def _list(context: Context) -> Message:
    known = await interests.of(context.tools.db, context.chat.id, context.tools.now())
    return render.listed(known, context.texts)


COMMAND = Command(
    name="follow",
    summary=mark("stories you want first: /follow volcano"),
    run=run,
    buttons={"follow": press, "end": press_end, "interests": press_list},
)
