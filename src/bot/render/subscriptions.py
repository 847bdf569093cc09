"""What a chat is subscribed to, and all that may be changed about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.models.messages import Button, Keyboard, Message
from bot.models.subscriptions import EVERY_DAY, OFFERED
from bot.render.foreign import harmless
from bot.render.headlines import TOPICS, topic_name
from bot.render.pages import grid, ticked
from bot.render.split import clip
from bot.schedule.quiet import held_until
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.models.subscriptions import Subscription
    from bot.texts import Texts

SHELF_NAMES = {
    "headlines": mark("headlines"), "follows": mark("what you follow"),
    "reports": mark("a report"), "jokes": mark("a joke"),
}  # fmt: skip
ICONS = {"headlines": "📰", "follows": "★", "reports": "📖", "jokes": "😄"}
LENGTHS = (7, 30, 90)
ENOUGH = (1, 3, 5)
TITLE_UNITS = 64
DAYS = {"all": EVERY_DAY, "work": EVERY_DAY[:5], "rest": EVERY_DAY[5:]}


def first(subscription: Subscription, texts: Texts, now: datetime) -> Message:
    """It is settled, and when the first one comes."""
    html = Markup("☀️ {}\n{}").format(
        plan(subscription, texts),
        texts.say("First one: {when}.", when=_next(subscription, texts, now)),
    )
    key = subscription.id
    row = (
        Button(texts.say("Try now"), f"subscription:{key}:try"),
        Button(texts.say("Change"), f"subscription:{key}"),
        Button(texts.say("Undo"), f"subscription:{key}:stop"),
    )
    return Message(html, (row,))


def card(subscription: Subscription, texts: Texts, now: datetime) -> Message:
    """One subscription with all that may be changed about it."""
    if subscription.paused:
        state = texts.say("Paused: nothing comes until you resume it.")
    else:
        state = texts.say("Next: {when}.", when=_next(subscription, texts, now))
    html = Markup("☀️ {}\n{}").format(plan(subscription, texts), state)
    return Message(html, _card_keyboard(subscription, texts))


def listed(subscriptions: Sequence[Subscription], texts: Texts) -> Message:
    """All of a chat."""
    lines = [
        Markup("{}. {}").format(number, plan(each, texts)) + (" ⏸" if each.paused else "")
        for number, each in enumerate(subscriptions, 1)
    ]
    buttons = [
        Button(str(number), f"subscription:{each.id}")
        for number, each in enumerate(subscriptions, 1)
    ]
    head = Markup("<b>{}</b>").format(texts.say("What comes here by itself"))
    add = (Button("＋ " + texts.say("Another one"), "at:another"),)
    return Message(Markup("\n").join([head, *lines]), (tuple(buttons), add))


def days(subscription: Subscription, texts: Texts) -> Keyboard:
    """On which days."""
    key = f"subscription:{subscription.id}:days"
    names = {"all": texts.say("Every day"), "work": texts.say("Weekdays"),
             "rest": texts.say("Weekends")}  # fmt: skip
    return (
        tuple(Button(name, f"{key}:{which}") for which, name in names.items()),
        (Button("◂", f"subscription:{subscription.id}:card"),),
    )


def quiet(subscription: Subscription, texts: Texts) -> Message:
    """How much news is worth a message, and what comes otherwise."""
    key, chosen = f"subscription:{subscription.id}", subscription.plan
    names = {0: texts.say("Always"), **{n: f"≥ {n}" for n in ENOUGH}}
    amounts = tuple(
        Button(ticked(name, n == chosen.at_least), f"{key}:least:{n}") for n, name in names.items()
    )
    otherwise = (
        Button(texts.say("Otherwise a joke") + (" ✓" if chosen.else_joke else " –"),
               f"{key}:otherwise"),
    )  # fmt: skip
    text = texts.say("With how many new stories shall it come?")
    back = (Button("◂", f"{key}:card"),)
    return Message.of(text, (amounts, otherwise, back) if chosen.at_least else (amounts, back))


def topics(subscription: Subscription, texts: Texts) -> Message:
    """Which topics its headlines are of; none means all."""
    key, chosen = f"subscription:{subscription.id}", subscription.plan.topics
    buttons = [
        Button(ticked(topic_name(topic, texts), topic in chosen), f"{key}:topic:{topic}")
        for topic in TOPICS
    ]
    text = texts.say("Headlines of which topics? Without a choice it is all of them.")
    return Message.of(text, (*grid(buttons, 2), (Button("◂", f"{key}:card"),)))


def how_long(subscription: Subscription, texts: Texts) -> Message:
    """Until when it comes."""
    key = f"subscription:{subscription.id}"
    names = {days: texts.plural("{n} day", "{n} days", days) for days in LENGTHS}
    row = tuple(Button(name, f"{key}:for:{days}") for days, name in names.items())
    rows = (row, (Button(texts.say("For good"), f"{key}:for:0"),), (Button("◂", f"{key}:card"),))
    return Message.of(texts.say("For how long shall it come?"), rows)


def stop(subscriptions: Sequence[Subscription], texts: Texts) -> Message:
    """Asked once before anything ends."""
    if not subscriptions:
        return Message.of(
            texts.say("Nothing comes here by itself. /subscribe is there if you like."),
            ((Button("☀️ " + texts.say("One brief a day"), "subscribe:"),),),
        )
    if len(subscriptions) > 1:
        all_ = (Button(texts.say("Stop all in this chat"), "unsubscribe:all"),)
        found = listed(subscriptions, texts)
        return replace(found, keyboard=(found.keyboard[0], all_))
    (only,) = subscriptions
    html = Markup("{}\n{}").format(texts.say("Stop this?"), plan(only, texts))
    return Message(html, ((
        Button(texts.say("Stop"), f"subscription:{only.id}:stop"),
        Button("⏸ " + texts.say("Pause"), f"subscription:{only.id}:pause"),
        Button(texts.say("Keep"), f"subscription:{only.id}:card"),
    ),))  # fmt: skip


def stopped(subscription_id: int, texts: Texts) -> Message:
    """It ended, and there is a way back."""
    undo = Button(texts.say("Undo"), f"subscription:{subscription_id}:undo")
    return Message.of(texts.say("Ended. No more digests from this one."), ((undo,),))


def all_stopped(many: int, moment: datetime, texts: Texts) -> Message:
    """As many ended at this moment, and there is a way back."""
    text = texts.plural(
        "Ended: {n} subscription. Nothing comes here by itself any more.",
        "Ended: {n} subscriptions. Nothing comes here by itself any more.", many,
    )  # fmt: skip
    undo = Button(texts.say("Undo"), f"unsubscribe:undo:{moment.isoformat()}")
    return Message.of(text, ((undo,),))


def plan(subscription: Subscription, texts: Texts) -> str:
    """When and what, in one line."""
    schedule = subscription.plan.schedule
    times = texts.listed(each.strftime("%H:%M") for each in schedule.times)
    what = texts.listed(texts.say(SHELF_NAMES[shelf]) for shelf in subscription.plan.shelves)
    topics = texts.listed(topic_name(topic, texts) for topic in subscription.plan.topics)
    when_ = f"{times} · {_days(schedule.weekdays, texts)} · {texts.place(schedule.zone)}"
    if subscription.channel:
        when_ = f"{clip(harmless(subscription.channel), TITLE_UNITS)} · {when_}"
    line = f"{when_} · {what}" + (f" ({topics})" if topics else "")
    if subscription.plan.until:
        line += " · " + texts.say("until {day}", day=texts.day(subscription.plan.until))
    return f"{line} · {_quiet(subscription, texts)}" if subscription.plan.at_least else line


def _quiet(subscription: Subscription, texts: Texts) -> str:
    plan = subscription.plan
    if plan.else_joke:
        return texts.say("with fewer than {n} new stories only a joke", n=plan.at_least)
    return texts.say("only with {n} new stories", n=plan.at_least)


def _card_keyboard(subscription: Subscription, texts: Texts) -> Keyboard:
    key = f"subscription:{subscription.id}"
    shelves = tuple(
        Button(ICONS[shelf] + (" ✓" if shelf in subscription.plan.shelves else " –"),
               f"{key}:shelf:{shelf}")
        for shelf in OFFERED
    )  # fmt: skip
    try_now = Button(texts.say("Try now"), f"{key}:try")
    stop_it = Button(texts.say("Stop"), f"{key}:stop")
    pause = (
        Button("▶ " + texts.say("Resume"), f"{key}:resume")
        if subscription.paused
        else Button("⏸ " + texts.say("Pause"), f"{key}:pause")
    )
    news = {"headlines", "follows"} & {*subscription.plan.shelves}
    about_news = (
        Button("🗂 " + texts.say("Topics"), f"{key}:topics"),
        Button("🤫 " + texts.say("Quiet days"), f"{key}:quiet"),
    )
    return (
        (try_now, pause, stop_it),
        shelves,
        (
            Button("🕗 " + texts.say("Time"), f"{key}:hours"),
            Button("📅 " + texts.say("Days"), f"{key}:choose"),
            Button("🌍 " + texts.say("Zone"), f"zone:{subscription.id}:no"),
        ),
        (*(about_news if news else ()), Button("⏳ " + texts.say("How long"), f"{key}:how-long")),
    )


def _next(subscription: Subscription, texts: Texts, now: datetime) -> str:
    zone = ZoneInfo(subscription.plan.schedule.zone)
    at = held_until(subscription.next_at, subscription.quiet, zone.key)
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    time = texts.time(local)
    if local.date() == today:
        when = texts.say("today {time}", time=time)
    elif local.date() == today + timedelta(days=1):
        when = texts.say("tomorrow {time}", time=time)
    else:
        when = texts.say("{day} {time}", day=texts.day(local), time=time)
    held = at != subscription.next_at
    return texts.say("{when}, after the quiet hours (/settings)", when=when) if held else when


def _days(weekdays: Sequence[int], texts: Texts) -> str:
    if tuple(weekdays) == EVERY_DAY:
        return texts.say("every day")
    names = texts.weekdays()
    spans = [f"{names[first]}–{names[last]}" if last > first else names[first]
             for first, last in _spans(weekdays)]  # fmt: skip
    return texts.listed(spans)


def _spans(weekdays: Sequence[int]) -> list[tuple[int, int]]:
    """Days that follow each other, as first and last."""
    found: list[tuple[int, int]] = []
    for day in weekdays:
        if found and day == found[-1][1] + 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found
