"""A page of stories: number, linked title, sources and age, and a quote to unfold."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.models.messages import Button, Keyboard, Message
from bot.render.foreign import harmless
from bot.render.pages import elsewhere, grid, pager
from bot.render.split import clip
from bot.texts import mark
from bot.words.count import units

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from bot.models.stories import Quoted, Story, StoryPage
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
# Five stories at these limits stay below Telegram's limit for one message.
TITLE_UNITS = 200
SOURCE_UNITS = 40
QUOTE_UNITS = 480
# Seven stories to catch up with, likewise.
MISSED_UNITS = 260
BETWEEN = " […] "
_MINUTE = 60


def page(found: StoryPage, texts: Texts, now: datetime) -> Message:
    """One page with its buttons."""
    heading = Markup("📰 <b>{}</b>").format(_heading(found, texts))
    items = [
        item(number, story, texts, now, updated=story.id in found.updated)
        for number, story in enumerate(found.stories, found.offset + 1)
    ]
    return Message(Markup("\n\n").join([heading, *items]), _keyboard(found, texts))


def none(
    found: StoryPage,
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
    return Message.of(text, (*rows, *_elsewhere(found, texts)))


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


def caught_up(
    since: datetime | None,
    found: Sequence[tuple[Story, bool]],
    more: int,
    texts: Texts,
    now: datetime,
) -> Message:
    """What was missed since then or in the last day, each story by one sentence."""
    rest = (Button("📰 " + texts.say("Headlines"), "headlines:"),)
    title, nothing = _absence(since, texts, now)
    if not found:
        return Message.of(nothing, (rest,))
    heading = Markup("📰 <b>{}</b>").format(title)
    items = [
        item(number, story, texts, now, updated=updated, limit=MISSED_UNITS)
        for number, (story, updated) in enumerate(found, 1)
    ]
    if more:
        items.append(Markup.escape(texts.plural("and {n} more", "and {n} more", more)))
    numbers = tuple(Button(str(n), f"story:{story.id}") for n, (story, _) in enumerate(found, 1))
    return Message(Markup("\n\n").join([heading, *items]), (numbers, rest))


def _absence(since: datetime | None, texts: Texts, now: datetime) -> tuple[str, str]:
    """The title of what was missed, and what is said if it is nothing."""
    if since is None:
        return texts.say("The last day in short"), texts.say("Nothing new in the last day.")
    ago = texts.ago(since, now)
    nothing = texts.say("Nothing new since you looked {ago}: you know it all.", ago=ago)
    return texts.say("What you missed since {ago}", ago=ago), nothing


def topics(known: list[tuple[str, int]], texts: Texts, language: str) -> Message:
    """The topics as buttons."""
    return Message.of(texts.say("Which topic?"), _topic_rows(known, texts, language))


def topic_typed(word: str, texts: Texts) -> str:
    """The topic that a reader calls so; anything else as it is."""
    named = {texts.say(name).casefold(): topic for topic, name in TOPICS.items()}
    return named.get(word.strip().casefold(), word)


def topic_name(topic: str, texts: Texts) -> str:
    """What readers call a topic; one of an admin's own is called as it is."""
    return texts.say(TOPICS[topic]) if topic in TOPICS else topic


def title(story: Story) -> Markup:
    """The leading headline, linked."""
    text = clip(harmless(story.lead.title), TITLE_UNITS)
    if not story.lead.url:
        return Markup.escape(text)
    return Markup('<a href="{}">{}</a>').format(story.lead.url, text)


def origin(story: Story, texts: Texts, now: datetime, *, updated: bool = False) -> str:
    """Who tells a story, and when it was heard of last: of an update, when it changed."""
    source = clip(harmless(story.lead.source), SOURCE_UNITS)
    told = texts.plural("{n} source", "{n} sources", story.sources)
    heard = max(story.last_seen, story.changed_at) if updated else story.last_seen
    parts = [source if story.sources == 1 else told, texts.ago(heard, now)]
    return " · ".join([*parts, texts.say("update")] if updated else parts)


def quote(story: Story, limit: int = QUOTE_UNITS) -> Markup:
    """As many of a story's sentences as find room, to unfold; nothing where there are none."""
    if not story.quotes:
        return Markup()
    text = _fitting(story.quotes, limit)
    return Markup("<blockquote expandable>{}</blockquote>").format(text)


def _fitting(quotes: Sequence[Quoted], limit: int) -> str:
    text = clip(harmless(quotes[0].text), limit)
    for each in quotes[1:]:
        more = text + BETWEEN + harmless(each.text)
        if units(more) <= limit:
            text = more
    return text


def item(
    number: int,
    story: Story,
    texts: Texts,
    now: datetime,
    *,
    updated: bool,
    limit: int = QUOTE_UNITS,
) -> Markup:
    html = Markup("{}. {}\n<i>{}</i>").format(
        number, title(story), origin(story, texts, now, updated=updated)
    )
    said = quote(story, limit)
    return html + "\n" + said if said else html


def _heading(found: StoryPage, texts: Texts) -> str:
    if found.wanted in TOPICS:
        return texts.say("Headlines: {topic}", topic=topic_name(found.wanted, texts))
    if found.wanted:
        return texts.say("Headlines with “{word}”", word=found.wanted)
    return texts.say("Headlines")


def _keyboard(found: StoryPage, texts: Texts) -> Keyboard:
    def action(offset: int) -> str:
        return f"news:{offset}:{found.language}:{found.wanted}"

    numbers = tuple(
        Button(str(number), f"story:{story.id}")
        for number, story in enumerate(found.stories, found.offset + 1)
    )
    middle = Button(texts.say("Topics"), f"topics:{found.language}")
    turn = pager(action, found.offset, len(found.stories), found.total, middle)
    return (numbers, turn, *_elsewhere(found, texts))


def _elsewhere(found: StoryPage, texts: Texts) -> Keyboard:
    """A topic is the same in other languages; a word or a source is not."""
    topic = found.wanted if found.wanted in TOPICS else ""
    return elsewhere("news", found.elsewhere, texts, topic)


def _topic_rows(known: list[tuple[str, int]], texts: Texts, language: str) -> Keyboard:
    """One button a topic with its number of stories, and one for all of them."""
    buttons = [
        Button(f"{topic_name(topic, texts)} {count}", f"news:0:{language}:{topic}")
        for topic, count in known
    ]
    buttons.append(Button(texts.say("All"), f"news:0:{language}:"))
    return grid(buttons, across=2)
