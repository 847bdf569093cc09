"""A page of headlines: number, linked title, source and age, and a quote to unfold."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.models.messages import Button, Keyboard, Message
from bot.render.foreign import harmless
from bot.render.pages import elsewhere, pager
from bot.render.split import clip
from bot.texts import mark

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.models.headlines import Headline, HeadlinePage
    from bot.texts import Texts

TOPICS = {
    "world": mark("world"),
    "business": mark("business"),
    "technology": mark("technology"),
    "science": mark("science"),
    "health": mark("health"),
    "culture": mark("culture"),
    "sport": mark("sport"),
    "environment": mark("environment"),
}
# Five headlines at these limits stay below Telegram's limit for one message.
TITLE_UNITS = 200
SOURCE_UNITS = 40
QUOTE_UNITS = 480
_MINUTE = 60


def page(found: HeadlinePage, texts: Texts, now: datetime) -> Message:
    """One page with its buttons."""
    heading = Markup("📰 <b>{}</b>").format(_heading(found, texts))
    items = [
        _item(number, headline, texts, now)
        for number, headline in enumerate(found.headlines, found.offset + 1)
    ]
    return Message(Markup("\n\n").join([heading, *items]), _keyboard(found, texts))


def none(
    found: HeadlinePage,
    texts: Texts,
    known: list[tuple[str, int]],
    wait: timedelta | None = None,
) -> Message:
    """Nothing on the page: what there is instead, or how long to `wait` for a new bot's first."""
    if not found.wanted:
        text = _not_yet(texts, wait)
    else:
        text = texts.say("No headline about “{word}” right now.", word=found.wanted)
    rows = _topic_rows(known, texts, found.language) if found.wanted else ()
    return Message.of(text, (*rows, *elsewhere("news", found.elsewhere, texts)))


def _not_yet(texts: Texts, wait: timedelta | None) -> str:
    if wait is None:
        return texts.say("There are no headlines on the shelf yet.")
    seconds = ceil(wait.total_seconds())
    if seconds <= 0:
        return texts.say("No headlines yet: the first refresh is under way.")
    if seconds < _MINUTE:
        return texts.say("No headlines yet: first refresh in {seconds} s.", seconds=seconds)
    minutes = ceil(seconds / _MINUTE)
    return texts.say("No headlines yet: first refresh in {minutes} min.", minutes=minutes)


def topics(known: list[tuple[str, int]], texts: Texts, language: str) -> Message:
    """The topics as buttons."""
    return Message.of(texts.say("Which topic?"), _topic_rows(known, texts, language))


def _topic_rows(known: list[tuple[str, int]], texts: Texts, language: str) -> Keyboard:
    """One button a topic with its number of headlines, and one for all of them."""
    buttons = [
        Button(f"{_topic(topic, texts)} {count}", f"news:0:{language}:{topic}")
        for topic, count in known
    ]
    buttons.append(Button(texts.say("All"), f"news:0:{language}:"))
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _heading(found: HeadlinePage, texts: Texts) -> str:
    if found.wanted in TOPICS:
        return texts.say("Headlines: {topic}", topic=_topic(found.wanted, texts))
    if found.wanted:
        return texts.say("Headlines with “{word}”", word=found.wanted)
    return texts.say("Headlines")


def _item(number: int, headline: Headline, texts: Texts, now: datetime) -> Markup:
    html = Markup('{}. <a href="{}">{}</a>\n<i>{} · {}</i>').format(
        number, headline.url, clip(harmless(headline.title), TITLE_UNITS),
        clip(harmless(headline.source), SOURCE_UNITS), texts.ago(headline.published, now),
    )  # fmt: skip
    if not headline.quotes:
        return html
    quote = clip(harmless(" […] ".join(headline.quotes)), QUOTE_UNITS)
    return html + Markup("\n<blockquote expandable>{}</blockquote>").format(quote)


def _keyboard(found: HeadlinePage, texts: Texts) -> Keyboard:
    def action(offset: int) -> str:
        return f"news:{offset}:{found.language}:{found.wanted}"

    middle = Button(texts.say("Topics"), f"topics:{found.language}")
    turn = pager(action, found.offset, len(found.headlines), found.total, middle)
    return (turn, *elsewhere("news", found.elsewhere, texts))


def _topic(topic: str, texts: Texts) -> str:
    return texts.say(TOPICS[topic]) if topic in TOPICS else topic
