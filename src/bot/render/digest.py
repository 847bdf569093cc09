"""The digest in one message: the top headline first, for that is what a phone shows of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from bot.models.messages import Button, Keyboard, Message
from bot.render import jokes
from bot.render.foreign import harmless
from bot.render.headlines import origin, quote, title
from bot.render.split import clip, plain
from bot.words.count import MESSAGE_UNITS, units

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models.digests import Brief, Instalment
    from bot.models.messages import Outgoing
    from bot.models.stories import Story
    from bot.texts import Texts

# A message that is too long has shorter quotes; what then still is, comes in two parts.
QUOTE_UNITS = (360, 160, 0)
SENTENCE_UNITS = 480
TITLE_UNITS = 120


def message(brief: Brief, texts: Texts, now: datetime) -> Message:
    """Stories, a part of a report, a joke; what there is none of is left out."""
    for limit in QUOTE_UNITS:
        html = _html(brief, texts, now, limit)
        if units(plain(html)) <= MESSAGE_UNITS:
            break
    rows = keyboard(brief, texts)
    if brief.is_last and not brief.in_channel:
        go_on = Button("▶ " + texts.say("Go on"), f"subscription:{brief.subscription_id}:go-on")
        rows = (*rows, (go_on,))
    return Message(html, (*rows, _weekly(brief, texts)) if brief.asks_weekly else rows)


def keyboard(brief: Brief, texts: Texts) -> Keyboard:
    """What to do about it, for as long as the message exists. Under a channel's post only votes:
    all else would be shown to everybody.
    """
    told = ".".join(str(story.id) for story, _ in brief.stories)
    joke = brief.telling.joke.id if brief.telling else 0
    key = f"{brief.subscription_id}:{joke}:{told}"
    if brief.in_channel:
        return (_votes(key),) if joke else ()
    return keyboard_of(key, texts)


def keyboard_of(key: str, texts: Texts) -> Keyboard:
    """The same from its key: the subscription, the joke, and the stories with points between."""
    subscription, joke, told = key.split(":")
    votes = _votes(key) if joke != "0" else ()
    tune = (Button(texts.say("Tune"), f"brief:tune:{key}"),) if told else ()
    stop = (
        Button("⏸ " + texts.say("Pause or stop"), f"subscription:{subscription}")
        if subscription != "0"
        else Button("☀️ " + texts.say("Every day"), "subscribe:")
    )
    return (
        (Button("📰 " + texts.say("More"), f"brief:more:{subscription}"), *votes),
        (*tune, stop),
    )


def marked_late(message: Outgoing, was_due: datetime | None, texts: Texts) -> Outgoing:
    """One that was written in time and then could not be sent."""
    if was_due is None or not isinstance(message, Message):
        return message
    late = _late(was_due, texts)
    if late in message.html:
        return message
    return replace(message, html=message.html + Markup("\n\n") + late)


def tuning(key: str, texts: Texts) -> Keyboard:
    """Each story opens as a card, where it can be followed, muted and asked about."""
    told = key.split(":")[2].split(".")
    numbers = tuple(
        Button(str(number), f"story:{story}") for number, story in enumerate(filter(None, told), 1)
    )
    return (
        numbers,
        (
            Button(texts.say("What you follow and mute"), "interests:"),
            Button("◂", f"brief:back:{key}"),
        ),
    )


def _votes(key: str) -> tuple[Button, ...]:
    return Button("😂", f"brief:laugh:{key}"), Button("😐", f"brief:shrug:{key}")


def _weekly(brief: Brief, texts: Texts) -> tuple[Button, ...]:
    key = f"subscription:{brief.subscription_id}"
    return (
        Button(texts.say("Once a week"), f"{key}:weekly"),
        Button(texts.say("As it is"), f"{key}:as-it-is"),
    )


def _html(brief: Brief, texts: Texts, now: datetime, limit: int) -> Markup:
    parts = [
        _story(number, story, texts, now, limit, updated=updated)
        for number, (story, updated) in enumerate(brief.stories, 1)
    ]
    if not parts and {"headlines", "follows"} & {*brief.shelves}:
        quiet = texts.say("No news that you have not seen: a quiet day.")
        parts.append(Markup("📰 {}").format(quiet))
    if brief.instalment:
        parts.append(_instalment(brief.instalment))
    if brief.telling:
        parts.append(_joke(brief, texts))
    if not parts:
        parts.append(escape(texts.say("Nothing new here today.")))
    if brief.was_due:
        parts.append(_late(brief.was_due, texts))
    if brief.is_last:
        last = texts.say("This was the last one, as it was agreed.")
        parts.append(Markup("<i>{}</i>").format(last))
    if brief.asks_weekly:
        ask = texts.say("Nobody has pressed anything here for a while. Is once a week better?")
        parts.append(Markup("<i>{}</i>").format(ask))
    return Markup("\n\n").join(parts)


def _late(was_due: datetime, texts: Texts) -> Markup:
    late = texts.say("This is late: it was due at {time}.", time=texts.time(was_due))
    return Markup("<i>{}</i>").format(late)


def _story(
    number: int, story: Story, texts: Texts, now: datetime, limit: int, *, updated: bool
) -> Markup:
    mark = Markup("📰") if number == 1 else Markup("{}.").format(number)
    head = title(story) if number > 1 else Markup("<b>{}</b>").format(title(story))
    html = Markup("{} {}\n<i>{}</i>").format(mark, head, origin(story, texts, now, updated=updated))
    said = quote(story, limit) if limit else Markup()
    return html + "\n" + said if said else html


def _instalment(part: Instalment) -> Markup:
    place = f"{part.number}/{part.total}"
    if part.heading:
        place += " · " + clip(harmless(part.heading), TITLE_UNITS)
    html = Markup("📖 <b>{}</b>\n<i>{}</i>").format(clip(harmless(part.title), TITLE_UNITS), place)
    for sentence in part.sentences:
        html += Markup("\n<blockquote>{}</blockquote>").format(
            clip(harmless(sentence.text), SENTENCE_UNITS)
        )
    return html


def _joke(brief: Brief, texts: Texts) -> Markup:
    if brief.telling is None:
        return Markup()
    body = Markup("😄 {}").format(jokes.body(brief.telling.joke))
    if not brief.telling.starts_over:
        return body
    return Markup("<i>{}</i>\n\n{}").format(texts.say(jokes.STARTS_OVER), body)
