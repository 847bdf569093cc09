"""/joke: one that this chat has not heard, with votes, Another, Share and Flag."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.models.jokes import Telling
from bot.render import jokes as render
from bot.render.saved import JOKE_GONE
from bot.schedule.typed import SHELF_WORDS
from bot.services import jokes, saved
from bot.texts import mark
from bot.tg.arguments import argument
from bot.tg.caring import care
from bot.tg.command import Command
from bot.tg.sender import edit_buttons, reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Update

    from bot.models.jokes import Joke, Vote
    from bot.models.messages import Keyboard
    from bot.texts import Texts
    from bot.tg.context import Context

    Face = Callable[[Joke, Texts, str], Keyboard]


async def run(update: Update, context: Context) -> None:
    await _tell(update, context, argument(context))


async def another(update: Update, context: Context, word: str) -> None:
    """A new message: the old one may be about to be forwarded."""
    await _tell(update, context, word)


async def _tell(update: Update, context: Context, word: str) -> None:
    tools = context.tools
    telling = await jokes.tell(tools.db, context.chat, word, update.update_id, tools.now())
    if telling is None:
        known = await jokes.categories(tools.db, context.chat.language)
        await reply(context.bot, update, render.none(context.texts, word, known))
    else:
        await reply(context.bot, update, render.told(telling, context.texts, word))


async def show(update: Update, context: Context, joke_id: int) -> None:
    """One joke that somebody shared; it does not count as told."""
    joke = await jokes.find(context.tools.db, joke_id)
    if joke is None:
        raise UserError(JOKE_GONE)
    await reply(context.bot, update, render.told(Telling(joke), context.texts, ""))


async def vote(update: Update, context: Context, data: str) -> str:
    joke_id, opinion, word = data.split(":", 2)
    joke, said = await voted(update, context, int(joke_id), opinion)
    if joke is not None:
        _show(update, context, render.keyboard(joke, context.texts, word))
    return said


async def voted(
    update: Update, context: Context, joke_id: int, opinion: str
) -> tuple[Joke | None, str]:
    """The joke with this person's vote, `laugh` or any other, and the answer to them."""
    laughed, person, texts = opinion == "laugh", update.effective_user, context.texts
    kind: Vote = "laugh" if laughed else "shrug"
    joke = await jokes.vote(context.tools.db, joke_id, person.id, kind) if person else None
    if joke is None:
        return None, texts.say(JOKE_GONE)
    if laughed:
        return joke, texts.say("Glad you liked it.")
    return joke, texts.say("Noted. The next one may do better.")


async def more(update: Update, context: Context, data: str) -> str | None:
    """Behind the dots; who cares for the shelves can change it there."""
    rows = await care(update, context, f"joke-{data.partition(':')[0]}")

    def face(joke: Joke, texts: Texts, word: str) -> Keyboard:
        return (*render.more(joke, texts, word), *rows)

    return await _turn(update, context, data, face)


async def less(update: Update, context: Context, data: str) -> str | None:
    return await _turn(update, context, data, render.keyboard)


async def flag(update: Update, context: Context, data: str) -> str:
    joke_id = int(data.split(":", 1)[0])
    person = update.effective_user
    now = context.tools.now()
    new = person is not None and await jokes.flag(context.tools.db, joke_id, person.id, now)
    gone = await _turn(update, context, data, render.keyboard)
    if new:
        return context.texts.say("Thank you: somebody will look at it.")
    return gone or context.texts.say("You have flagged this one already.")


async def _turn(update: Update, context: Context, data: str, to: Face) -> str | None:
    joke_id, word = data.split(":", 1)
    tools = context.tools
    joke = await jokes.find(tools.db, int(joke_id))
    if joke is None:
        return context.texts.say(JOKE_GONE)
    keyboard = to(joke, context.texts, word)
    _show(update, context, await saved.starred(tools.db, context.chat.id, keyboard))
    return None


def _show(update: Update, context: Context, keyboard: Keyboard) -> None:
    if update.callback_query:
        context.soon(update, partial(edit_buttons, update.callback_query, keyboard))


COMMAND = Command(
    name="joke",
    summary=mark("a joke, or one about a word: /joke cat"),
    run=run,
    words=SHELF_WORDS["jokes"],
    buttons={"joke": another, "vote": vote, "more": more, "less": less, "flag": flag},
    in_menu=True,
)
