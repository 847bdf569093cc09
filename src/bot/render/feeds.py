"""The feeds that the bot follows, as its admins see them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.models.messages import Button, Keyboard, Message
from bot.render.foreign import harmless
from bot.render.headlines import TOPICS, topic_name
from bot.render.pages import LANGUAGES, grid, language_name, pager
from bot.render.split import clip
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from bot.models.feeds import FeedRow
    from bot.texts import Texts

PAGE = 8
TITLE_UNITS, ADDRESS_UNITS, ERROR_UNITS = 60, 200, 200
# By minutes.
PACES = {
    15: mark("every 15 minutes"), 60: mark("every hour"), 360: mark("every 6 hours"),
    1440: mark("once a day"), 0: mark("as it has news"),
}  # fmt: skip


def page(
    rows: Sequence[FeedRow],
    total: int,
    broken: int,
    offset: int,
    texts: Texts,
    *,
    only_broken: bool,
    word: str = "",
) -> Message:
    """Each with its health in a sign, and in a sentence where it is not well."""
    head = Markup("📡 <b>{}</b>").format(
        texts.plural("{n} feed", "{n} feeds", total)
        if not only_broken
        else texts.plural("{n} feed in trouble", "{n} feeds in trouble", total)
    )
    lines = [_line(number, row, texts) for number, row in enumerate(rows, offset + 1)]
    numbers = [Button(str(number), f"feed:{row.id}") for number, row in enumerate(rows, offset + 1)]
    kind = "broken" if only_broken else "all"
    other = (
        Button(texts.say("All"), "feeds:all:0")
        if only_broken or word
        else Button(f"⚠ {broken}", "feeds:broken:0")
    )
    turn = pager(lambda to: f"feeds:{kind}:{to}:{word}", offset, len(rows), total, other, size=PAGE)
    return Message(Markup("\n").join([head, *lines]), (*grid(numbers, across=4), turn))


def none(texts: Texts, word: str = "") -> Message:
    """No feed is followed, or none with the word."""
    if word:
        text = texts.say("No feed has “{word}” in its title or address.", word=harmless(word))
        return Message.of(text, ((Button(texts.say("All"), "feeds:all:0"),),))
    return Message.of(texts.say("No feed is followed yet. Add one: /addfeed https://example.org"))


def card(row: FeedRow, texts: Texts, now: datetime) -> Message:
    """One feed with all that can be done about it."""
    return Message(_about(row, texts, now), _keyboard(row, texts))


def known(row: FeedRow, texts: Texts, now: datetime) -> Message:
    """The card of one that somebody wanted to add."""
    shown = card(row, texts, now)
    told = texts.say("This one is followed already.")
    return replace(shown, html=Markup("{}\n\n{}").format(shown.html, told))


def filing(row: FeedRow, texts: Texts, now: datetime) -> Message:
    """Where to file what it brings."""
    named = [(topic, topic_name(topic, texts)) for topic in TOPICS]
    return _choice(row, "topic", named, 2, texts, now)


def languages(row: FeedRow, known: Iterable[str], texts: Texts, now: datetime) -> Message:
    """In which one it is written; those that people here read come first."""
    others = sorted((language_name(each, texts), each) for each in known if each not in LANGUAGES)
    named = [(each, language_name(each, texts)) for each in LANGUAGES]
    named += [(each, name) for name, each in others]
    return _choice(row, "language", named, 3, texts, now)


def paces(row: FeedRow, texts: Texts, now: datetime) -> Message:
    """How often to ask it."""
    named = [(str(minutes), texts.say(name)) for minutes, name in PACES.items()]
    return _choice(row, "pace", named, 2, texts, now)


def _choice(
    row: FeedRow, what: str, named: Sequence[tuple[str, str]], across: int, texts: Texts,
    now: datetime,
) -> Message:  # fmt: skip
    buttons = [Button(name, f"feed:{row.id}:{what}:{value}") for value, name in named]
    back = (Button("◂", f"feed:{row.id}:card"),)
    return Message(_about(row, texts, now), (*grid(buttons, across=across), back))


def _line(number: int, row: FeedRow, texts: Texts) -> Markup:
    title = clip(harmless(row.title), TITLE_UNITS)
    line = Markup("{}. {} {}").format(number, _sign(row), title)
    if row.error is None:
        return line
    return line + Markup("\n<i>{}</i>").format(_error(row, texts))


def _about(row: FeedRow, texts: Texts, now: datetime) -> Markup:
    facts = [language_name(row.language, texts), topic_name(row.topic, texts)]
    if row.pace and (name := PACES.get(round(row.pace.total_seconds() / 60))):
        facts.append(texts.say(name))
    lines = [
        Markup("{} <b>{}</b>").format(_sign(row), clip(harmless(row.title), TITLE_UNITS)),
        Markup("<code>{}</code>").format(clip(row.address, ADDRESS_UNITS)),
        Markup("<i>{}</i>").format(" · ".join(facts)),
    ]
    if row.read_at:
        ago = texts.ago(row.read_at, now)
        lines.append(Markup.escape(texts.say("Read {ago}.", ago=ago)))
    if row.paused:
        lines.append(Markup.escape(texts.say("Paused: it is not asked.")))
    elif row.retired_at:
        lines.append(Markup.escape(texts.say("Retired: it is gone for good.")))
    elif row.next_at and row.next_at > now:
        minutes = max(1, round((row.next_at - now).total_seconds() / 60))
        lines.append(Markup.escape(texts.say("Asked again in {n} min.", n=minutes)))
    if row.error is not None:
        lines.append(Markup("⚠ {}").format(_error(row, texts)))
    return Markup("\n").join(lines)


def _keyboard(row: FeedRow, texts: Texts) -> Keyboard:
    key = f"feed:{row.id}"
    stopped = row.paused or row.retired_at is not None
    turn = (
        Button("▶ " + texts.say("Resume"), f"{key}:resume")
        if stopped
        else Button("⏸ " + texts.say("Pause"), f"{key}:pause")
    )
    return (
        (Button(texts.say("Ask now"), f"{key}:resume"), turn),
        (
            Button(texts.say("Topic"), f"{key}:topics"),
            Button(texts.say("Language"), f"{key}:languages"),
        ),
        (
            Button("⏱ " + texts.say("How often"), f"{key}:paces"),
            Button("✏️ " + texts.say("Edit"), f"edit:feed-{row.id}"),
        ),
        (Button("🗑 " + texts.say("Remove"), f"{key}:remove"),),
    )


def _sign(row: FeedRow) -> str:
    if row.paused:
        return "⏸"
    if row.retired_at is not None:
        return "🪦"
    if row.error is not None:
        return "⚠"
    return "✓" if row.read_at else "…"


def _error(row: FeedRow, texts: Texts) -> str:
    if row.error is None:
        return ""
    return clip(harmless(texts.said(row.error)), ERROR_UNITS)
