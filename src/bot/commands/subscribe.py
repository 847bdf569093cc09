"""/subscribe: one brief a day in two taps, or typed; the hub of all that comes by itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.models.chats import Chat
from bot.models.headlines import TOPICS
from bot.models.subscriptions import OFFERED, Asked
from bot.render import subscribing as questions
from bot.render import subscriptions as render
from bot.schedule.typed import says_when
from bot.services import asking, chats, subscriptions
from bot.texts import mark
from bot.tg.arguments import cut
from bot.tg.command import OWN_WORD, Command
from bot.tg.members import channel, in_charge, is_admin
from bot.tg.sender import edit_buttons, put, reply, topic_of

if TYPE_CHECKING:
    from telegram import Update

    from bot.models.messages import Message
    from bot.models.subscriptions import Plan, Subscription
    from bot.tg.context import Context

# A channel, as people name it.
CHANNEL = re.compile(r"(?<!\S)(?:@|(?:https?://)?t\.me/)([A-Za-z]\w{3,31})(?!\S)")
STATES = {
    "pause": subscriptions.pause, "resume": subscriptions.resume, "go-on": subscriptions.resume,
    "weekly": subscriptions.weekly,
}  # fmt: skip
FROM_PRIVATE = mark("A channel's digests are set up in our private chat: please send that there.")
NOT_YOURS = mark("Only this chat's admins can subscribe it or change that.")


async def run(update: Update, context: Context) -> None:
    # It was silenced once, and nobody told us when that was over: who asks wants to hear from us.
    await chats.resume(context.tools.db, context.chat.id)
    text = " ".join(context.args or [])
    if not text:
        await open_hub(update, context, "")
    elif await _allowed(update, context):
        context.later(update, _typed(update, context, text))


async def open_hub(update: Update, context: Context, _: str) -> None:
    """From a button elsewhere."""
    person = update.effective_user
    known = await subscriptions.known_to(
        context.tools.db, context.chat, person.id if person else None
    )
    await reply(context.bot, update, _hub(known, context))


async def there(update: Update, context: Context, data: str) -> None:
    """`channel:minutes`: a time was tapped after the bot came into a channel."""
    key, _, minutes = data.partition(":")
    asked = Asked(times=(time(int(minutes) // 60, int(minutes) % 60),))
    place = await _channel(update, context, int(key))
    await put(context.bot, update, await _subscribed(update, context, asked, None, place))


async def at(update: Update, context: Context, data: str) -> None:
    """A time was tapped, or another one is wanted."""
    if data in {"other", "another"}:
        await put(context.bot, update, questions.hours(context.texts, "at"))
        return
    if await _allowed(update, context):
        minutes = int(data)
        asked = Asked(times=(time(minutes // 60, minutes % 60),))
        await put(context.bot, update, await _subscribed(update, context, asked, None))


async def zone(update: Update, context: Context, data: str) -> None:
    """`id:no`, `id:hour` or `id:zone`: where the chat's clock is."""
    key, _, said = data.partition(":")
    tools, texts, now = context.tools, context.texts, context.tools.now()
    found = await subscriptions.find(tools.db, await _owner(update, context, key), int(key))
    person = update.effective_user
    if person and context.chat.kind == "private" and (said == "no" or said.isdecimal()):
        await asking.ask_where(tools.db, person.id, found.id, now)
    if said == "no":
        await put(context.bot, update, questions.which_hour(found, texts))
    elif said.isdecimal():
        places = await subscriptions.places(tools.children, int(said), now)
        kind = context.chat.kind
        await put(context.bot, update, questions.which_city(found, places, texts, now, kind))
    else:
        found = await subscriptions.set_zone(tools.db, found, said, now)
        await put(context.bot, update, render.first(found, texts, now))
        if person:
            await asking.know_where(tools.db, person.id)


async def typed(update: Update, context: Context, text: str) -> bool:
    """Whether this says when a brief is to come, or names the city that was asked for."""
    person, tools, now = update.effective_user, context.tools, context.tools.now()
    if person is None or not OWN_WORD.check_update(update):
        return False
    if says_when(text):
        context.args = text.split()
        await run(update, context)
        return True
    key = await asking.asked_where(tools.db, person.id, now)
    places = await subscriptions.named(tools.children, cut(text), now) if key else ()
    if not key or not places:
        return False
    found = await subscriptions.find(tools.db, await _owner(update, context, f"{key}"), key)
    if len(places) > 1:
        message = questions.which_city(found, places, context.texts, now, context.chat.kind)
    else:
        found = await subscriptions.set_zone(tools.db, found, places[0].zone, now)
        message = render.first(found, context.texts, now)
    await reply(context.bot, update, message)
    if len(places) == 1:
        await asking.know_where(tools.db, person.id)
    return True


async def subscription(update: Update, context: Context, data: str) -> str | None:
    """`id` opens a card in a message of its own; `id:act` does something and shows what is so."""
    key, _, act = data.partition(":")
    tools, owner = context.tools, await _owner(update, context, key)
    if act == "undo":
        found = await subscriptions.restore(tools.db, owner, int(key), tools.now())
    else:
        found = await subscriptions.find(tools.db, owner, int(key))
    await subscriptions.touch(tools.db, owner, found.id)
    if act == "as-it-is":
        return context.texts.say("It goes on as it is.")
    if act == "try":
        context.later(update, _try(update, context, found))
    elif act in {"", "weekly", "go-on"}:
        await reply(context.bot, update, await _shown(context, found, act))
    elif act == "choose" and update.callback_query:
        await edit_buttons(update.callback_query, render.days(found, context.texts))
    else:
        await put(context.bot, update, await _shown(context, found, act))
    return None


async def _shown(context: Context, found: Subscription, act: str) -> Message:
    """Do it, and what there is to see then."""
    tools, texts = context.tools, context.texts
    if act == "stop":
        await subscriptions.remove(tools.db, found, tools.now())
        return render.stopped(found.id, texts)
    if act == "hours":
        return questions.hours(texts, f"subscription:{found.id}:at")
    changed = await _changed(context, found, act)
    if act.partition(":")[0] in {"quiet", "least", "otherwise"}:
        return render.quiet(changed, texts)
    if act.partition(":")[0] in {"topics", "topic"}:
        return render.topics(changed, texts)
    if act == "how-long":
        return render.how_long(changed, texts)
    return render.card(changed, texts, tools.now())


async def _changed(context: Context, found: Subscription, act: str) -> Subscription:
    """One of STATES, `for:days`, or what `_replanned` knows; all else changes nothing."""
    db, now = context.tools.db, context.tools.now()
    what, _, value = act.partition(":")
    if what in STATES:
        return await STATES[what](db, found, now)
    if what == "for":
        return await subscriptions.end_in(db, found, int(value), now)
    plan = _replanned(found.plan, what, value)
    return found if plan is found.plan else await subscriptions.change(db, found, plan, now)


def _replanned(plan: Plan, what: str, value: str) -> Plan:
    """`at:minutes`, `days:which`, `shelf:name`, `topic:name`, `least:number`, `otherwise`."""
    schedule = plan.schedule
    match what:
        case "at":
            at_ = time(int(value) // 60, int(value) % 60)
            return replace(plan, schedule=replace(schedule, times=(at_,)))
        case "days":
            return replace(plan, schedule=replace(schedule, weekdays=render.DAYS[value]))
        case "shelf":
            shelves = {*plan.shelves} ^ {value}
            return replace(plan, shelves=tuple(each for each in OFFERED if each in shelves))
        case "topic":
            topics = {*plan.topics} ^ {value}
            return replace(plan, topics=tuple(each for each in TOPICS if each in topics))
        case "least":
            return replace(plan, at_least=int(value))
        case "otherwise":
            return replace(plan, else_joke=not plan.else_joke)
    return plan


async def _typed(update: Update, context: Context, text: str) -> None:
    named = CHANNEL.search(text)
    place = await _channel(update, context, f"@{named[1]}") if named else None
    text = CHANNEL.sub("", text) if named else text
    asked, places = await subscriptions.read(context.tools.children, text, context.tools.now())
    if len(places) > 1:
        message = questions.which_place(places, asked, named[0] if named else "", context.texts)
    else:
        zone_ = places[0].zone if places else None
        message = await _subscribed(update, context, asked, zone_, place)
    await reply(context.bot, update, message)


async def _channel(update: Update, context: Context, name: str | int) -> Chat:
    """A channel that this person may subscribe from here, remembered as a chat."""
    person, tools = update.effective_user, context.tools
    if person is None or context.chat.kind != "private":
        raise UserError(FROM_PRIVATE)
    found = await channel(context.bot, name, person.id)
    place = Chat(found.id, found.type, found.title or "", context.chat.language)
    return await chats.remember(tools.db, place, None, tools.now())


async def _subscribed(
    update: Update, context: Context, asked: Asked, said: str | None, place: Chat | None = None
) -> Message:
    """It is kept at once; whether the zone is right is asked afterwards."""
    tools, texts, now = context.tools, context.texts, context.tools.now()
    likely, known = await subscriptions.guessed_zone(
        tools.db, context.chat, tools.settings.timezone
    )
    person = update.effective_user
    found = await subscriptions.add(
        tools.db, place or context.chat, topic_of(update), asked, said or likely,
        person.id if person else None, now,
    )  # fmt: skip
    if said:
        found = await subscriptions.set_zone(tools.db, found, said, now)
    if said or known:
        return render.first(found, texts, now)
    return questions.is_it(found, texts, now)


async def _try(update: Update, context: Context, found: Subscription) -> None:
    """The digest as it would be now; nothing of the schedule changes, nothing goes to a channel."""
    tools, now = context.tools, context.tools.now()
    wish = subscriptions.wish(context.chat, found, found.plan.schedule.zone, now)
    if found.channel:
        wish = replace(wish, subscription_id=0)
    message = await tools.digests.at_once(context.chat.id, wish, update.update_id, now)
    await reply(context.bot, update, message)


async def _owner(update: Update, context: Context, key: str) -> int:
    """The chat of a subscription, if the person may decide for it from here."""
    owner, person = await subscriptions.owner(context.tools.db, int(key)), update.effective_user
    if owner == context.chat.id:
        await _allowed(update, context)
    elif context.chat.kind != "private" or person is None:
        raise UserError(subscriptions.GONE)
    elif not await is_admin(context.bot, owner, person.id):
        raise UserError(NOT_YOURS)
    return owner


async def _allowed(update: Update, context: Context) -> bool:
    """Raises a UserError, which is the answer, where it is not theirs to say."""
    if not await in_charge(update, context):
        raise UserError(NOT_YOURS)
    return True


def _hub(known: list[Subscription], context: Context) -> Message:
    if not known:
        return questions.when(context.texts)
    if len(known) == 1:
        return render.card(known[0], context.texts, context.tools.now())
    return render.listed(known, context.texts)


COMMAND = Command(
    name="subscribe",
    summary=mark("one brief a day: /subscribe 7:30 mon-fri Berlin"),
    run=run,
    aliases=("subscriptions",),
    words=("subscribe", "subscription", "subscriptions", "订阅", "订阅管理"),
    buttons={
        "subscribe": open_hub,
        "at": at,
        "there": there,
        "zone": zone,
        "subscription": subscription,
    },
    in_menu=True,
)
