"""Subscribing in a few taps: when, and where the clock on the wall is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.models.messages import Button, Message
from bot.render.foreign import harmless
from bot.render.pages import grid
from bot.render.split import clip
from bot.render.subscriptions import TITLE_UNITS
from bot.schedule.typed import again

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.models.subscriptions import Asked, City, Subscription
    from bot.texts import Texts

USUAL, HOURS = (7, 8), range(5, 23)


def when(texts: Texts) -> Message:
    """The first question, answered with one tap."""
    text = texts.say("One brief a day: the headlines, a piece of a report, a joke. At what time?")
    row = tuple(Button(f"{hour}:00", f"at:{hour * 60}") for hour in USUAL)
    return Message.of(text, ((*row, Button(texts.say("Other"), "at:other")),))


def there(title: str, chat_id: int, texts: Texts) -> Message:
    """The bot was made an admin of a channel: the same question, to whoever did that."""
    text = texts.say(
        "I can post in {title} now. Shall one brief a day come there? At what time?",
        title=clip(harmless(title), TITLE_UNITS),
    )
    row = tuple(Button(f"{hour}:00", f"there:{chat_id}:{hour * 60}") for hour in USUAL)
    return Message.of(text, (row,))


def hours(texts: Texts, action: str) -> Message:
    """Any other hour; one can be typed, too."""
    text = texts.say("At what time? Or type it, like this: /subscribe 7:30 mon-fri")
    return Message.of(text, grid([Button(f"{n}:00", f"{action}:{n * 60}") for n in HOURS]))


def is_it(subscription: Subscription, texts: Texts, now: datetime) -> Message:
    """Is the zone right? It is easier to say by the clock on the wall."""
    zone = subscription.plan.schedule.zone
    clock = texts.time(now.astimezone(ZoneInfo(zone)))
    yes = texts.say("Yes, {place} time", place=texts.place(zone))
    row = (
        Button(yes, f"zone:{subscription.id}:{zone}"),
        Button(texts.say("No"), f"zone:{subscription.id}:no"),
    )
    return Message.of(texts.say("Is it {time} where you are?", time=clock), (row,))


def which_hour(subscription: Subscription, texts: Texts) -> Message:
    """No: then which hour is it?"""
    buttons = [Button(f"{n}", f"zone:{subscription.id}:{n}") for n in range(24)]
    return Message.of(texts.say("Which hour is it where you are?"), grid(buttons))


def which_city(
    subscription: Subscription, cities: Sequence[City], texts: Texts, now: datetime, kind: str
) -> Message:
    """The largest cities of that hour; another can be typed, in a group with the command."""
    at = subscription.plan.schedule.times[0].strftime("%H:%M")
    text = (
        texts.say("Is it like in one of these? Or send me your city, like Chengdu.")
        if kind == "private"
        else texts.say(
            "Is it like in one of these? Or type your city, like this: /subscribe {time} Chengdu",
            time=at,
        )
    )
    rows = tuple(
        (
            Button(
                f"{_name(city, texts)} {texts.time(now.astimezone(ZoneInfo(city.zone)))}",
                f"zone:{subscription.id}:{city.zone}",
            ),
        )
        for city in cities
    )
    return Message.of(text, (*rows, (Button("◂", f"zone:{subscription.id}:no"),)))


def _name(city: City, texts: Texts) -> str:
    """The gazetteer's names are English; elsewhere a zone goes by its best-known city."""
    return city.name if texts.language == "en" else texts.place(city.zone)


def which_place(cities: Sequence[City], asked: Asked, channel: str, texts: Texts) -> Message:
    """Several zones have that name or distance: one line for each, to be sent instead."""
    text = texts.say(
        "There is more than one zone for {place}. Which one do you mean?", place=cities[0].name
    )
    wishes = [again(replace(asked, place=city.zone)) for city in cities]
    lines = [
        Markup("<code>/subscribe {}</code>").format(f"{wish} {channel}".strip()) for wish in wishes
    ]
    return Message(Markup("{}\n{}").format(text, Markup("\n").join(lines)))
