"""/follow: words, sources and topics that a chat wants first."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bot.models.interests import Interest
from bot.models.messages import Message
from bot.render import interests as render
from bot.render import stories as cards
from bot.render.headlines import topic_typed
from bot.services import interests, saved, stories
from bot.texts import mark
from bot.tg.arguments import argument
from bot.tg.command import Command
from bot.tg.members import in_charge
from bot.tg.sender import edit_buttons, put, reply, topic_of

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.interests import Kind, What
    from bot.tg.context import Context

NOT_YOURS = mark("Only this chat's admins can choose what it follows and mutes.")


async def run(update: Update, context: Context) -> None:
    interest = await typed(update, context, "follow")
    if interest is not None:
        tools, topic = context.tools, topic_of(update)
        kept = await interests.put(tools.db, context.chat.id, interest, tools.now(), topic_id=topic)
        await reply(context.bot, update, render.confirmed(kept, context.texts))


async def press(update: Update, context: Context, data: str) -> str | None:
    """`story` offers what of it may be followed, `story:what:name` follows that."""
    story_id, _, rest = data.partition(":")
    if not rest:
        return await offer(update, context, int(story_id), "follow")
    what, _, name = rest.partition(":")
    return await settle(update, context, int(story_id), made("follow", what, name))


async def press_list(update: Update, context: Context, _: str) -> None:
    """From a button elsewhere."""
    await reply(context.bot, update, await _list(context))


async def press_end(update: Update, context: Context, data: str) -> str:
    if not await in_charge(update, context):
        return context.texts.say(NOT_YOURS)
    gone = await interests.end(context.tools.db, context.chat.id, int(data))
    await put(context.bot, update, await _list(context))
    return render.ended(gone, context.texts)


async def typed(update: Update, context: Context, kind: Kind) -> Interest | None:
    """What the words after the command mean; None once all there is to say was said."""
    name, language = topic_typed(argument(context), context.texts), context.chat.language
    if name and await in_charge(update, context):
        return await interests.named(context.tools.db, kind, language, name)
    if name:
        await reply(context.bot, update, Message.of(context.texts.say(NOT_YOURS)))
    else:
        await reply(context.bot, update, await _list(context))
    return None


async def offer(update: Update, context: Context, story_id: int, kind: Kind) -> str | None:
    """Put what of a story may be followed or muted in the place of its buttons."""
    if not await in_charge(update, context):
        return context.texts.say(NOT_YOURS)
    story = await stories.find(context.tools.db, story_id)
    words = await interests.words(context.tools.children, story)
    if update.callback_query:
        keyboard = render.choices(kind, story, words, context.texts)
        await edit_buttons(update.callback_query, keyboard)
    return None


async def settle(
    update: Update, context: Context, story_id: int, interest: Interest, days: int | None = None
) -> str:
    """Under a story its buttons come back; a question becomes its answer."""
    if not await in_charge(update, context):
        return context.texts.say(NOT_YOURS)
    tools, texts = context.tools, context.texts
    kept = await interests.put(
        tools.db, context.chat.id, interest, tools.now(), days=days, topic_id=topic_of(update)
    )
    if not story_id:
        await put(context.bot, update, render.confirmed(kept, texts))
    elif update.callback_query:
        story = await stories.find(tools.db, story_id)
        keyboard = await saved.starred(tools.db, context.chat.id, cards.keyboard(story, texts))
        await edit_buttons(update.callback_query, keyboard)
    return render.done(kept, texts)


def made(kind: Kind, what: str, name: str) -> Interest:
    """As a button names it."""
    return Interest(kind, cast("What", what), name)


async def _list(context: Context) -> Message:
    known = await interests.of(context.tools.db, context.chat.id, context.tools.now())
    return render.listed(known, context.texts)


COMMAND = Command(
    name="follow",
    summary=mark("stories you want first: /follow volcano"),
    run=run,
    buttons={"follow": press, "end": press_end, "interests": press_list},
)
