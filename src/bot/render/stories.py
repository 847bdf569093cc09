"""One story as a card: its best sentences, its sources, what each of them says, and why it came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.models.messages import Button, Keyboard, Message
from bot.render.foreign import harmless
from bot.render.headlines import SOURCE_UNITS, TITLE_UNITS, origin, title, topic_name
from bot.render.interests import label
from bot.render.saved import button
from bot.render.split import clip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.models.headlines import Headline
    from bot.models.interests import Interest
    from bot.models.said import Said
    from bot.models.stories import Quoted, Story
    from bot.texts import Texts

# A card with all of its quotes, and the sentences of so many sources, fit into one message.
QUOTE_UNITS = 900
MOST_SOURCES = 12
TOLD_UNITS, TOLD_TITLE_UNITS = 3_400, 120


def card(story: Story, texts: Texts, now: datetime, *, updated: bool = False) -> Message:
    """The story by its best sentences, each with its source."""
    said = [_quoted(story, each) for each in story.quotes or ()]
    html = Markup("\n\n").join([_head(story, texts, now, updated=updated), *said])
    return Message(html, keyboard(story, texts))


def sources(story: Story, texts: Texts, now: datetime) -> Message:
    """Who tells the story, the newest of each, linked."""
    rows = [
        Markup('• <a href="{}">{}</a>\n<i>{} · {}</i>').format(
            entry.url, clip(harmless(entry.title), TITLE_UNITS), _source(entry),
            texts.ago(entry.published, now),
        )
        for entry in story.entries[:MOST_SOURCES]
    ]  # fmt: skip
    more = len(story.entries) - len(rows)
    if more:
        rows.append(Markup.escape(texts.plural("and {n} more", "and {n} more", more)))
    html = Markup("\n").join([_head(story, texts, now), Markup(), *rows])
    return Message(html, keyboard(story, texts))


def full(
    story: Story,
    told: Sequence[Headline],
    unread: Mapping[int, Said],
    texts: Texts,
    now: datetime,
) -> Message:
    """What each source says in its own sentences; of an article that can't be had, why."""
    room = TOLD_UNITS // max(len(told), 1) - TOLD_TITLE_UNITS - SOURCE_UNITS
    parts = [_told(entry, unread.get(entry.id), texts, room) for entry in told]
    html = Markup("\n\n").join([_head(story, texts, now), *parts])
    return Message(html, keyboard(story, texts))


def why(story: Story, liked: Interest | None, texts: Texts, now: datetime) -> Message:
    """Which feeds and which rules brought the story here."""
    brought = [_source(entry) for entry in story.entries]
    names = texts.listed(dict.fromkeys(brought[:MOST_SOURCES]))
    reasons = [
        texts.say("It came with the feed of {names}.", names=names)
        if story.sources == 1
        else texts.plural(
            "{n} source tells it: {names}.", "{n} sources tell it: {names}.",
            story.sources, names=names,
        ),
        texts.say("Its topic is {topic}, by its words and how its sources file it.",
                  topic=topic_name(story.topic, texts)),
        texts.say("What many tell stands higher, and what is new: this was news {ago}.",
                  ago=texts.ago(story.changed_at, now)),
    ]  # fmt: skip
    if liked is not None:
        reasons.insert(0, texts.say("You follow {name}.", name=label(liked, texts)))
    lines = [Markup("• {}").format(reason) for reason in reasons]
    html = Markup("\n").join([_head(story, texts, now), Markup(), *lines])
    return Message(html, keyboard(story, texts))


def keyboard(story: Story, texts: Texts) -> Keyboard:
    """The card's buttons: its pages, then what to do about its like."""
    return (
        (
            Button(texts.say("In short"), f"story:{story.id}:card"),
            Button(texts.say("Sources"), f"story:{story.id}:sources"),
            Button(texts.say("Full story"), f"story:{story.id}:full"),
        ),
        (
            Button(texts.say("Follow"), f"follow:{story.id}"),
            Button(texts.say("Mute"), f"mute:{story.id}"),
            Button(texts.say("Why?"), f"story:{story.id}:why"),
            button("story", story.id),
        ),
    )


def _head(story: Story, texts: Texts, now: datetime, *, updated: bool = False) -> Markup:
    where = origin(story, texts, now, updated=updated)
    return Markup("📰 <b>{}</b>\n<i>{}</i>").format(title(story), where)


def _quoted(story: Story, quoted: Quoted) -> Markup:
    html = Markup("<blockquote>{}</blockquote>").format(clip(harmless(quoted.text), QUOTE_UNITS))
    entry = story.entry(quoted.headline)
    return html + Markup("<i>{}</i>").format(_source(entry)) if entry else html


def _told(entry: Headline, unread: Said | None, texts: Texts, room: int) -> Markup:
    html = Markup('<b>{}</b>: <a href="{}">{}</a>').format(
        _source(entry), entry.url, clip(harmless(entry.title), TOLD_TITLE_UNITS)
    )
    for text in entry.quotes or ():
        said = clip(harmless(text), room // len(entry.quotes or ()))
        html += Markup("\n<blockquote>{}</blockquote>").format(said)
    if unread is not None and not entry.quotes:
        html += Markup("\n<i>{}</i>").format(texts.said(unread))
    return html


def _source(entry: Headline) -> str:
    return clip(harmless(entry.source), SOURCE_UNITS)
