"""The numbers in words, under their pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models.messages import Button, Keyboard, Message
from bot.render.foreign import harmless
from bot.render.headlines import topic_name
from bot.render.split import clip
from bot.texts import mark

if TYPE_CHECKING:
    from bot.models.stats import Stats
    from bot.texts import Texts

JOKE_UNITS, TOPICS = 80, 3
NAMES = {
    "people": mark("👥 People"),
    "deliveries": mark("📬 Deliveries"),
    "jokes": mark("😄 Jokes"),
    "news": mark("📰 News"),
}


def caption(stats: Stats, page: str, texts: Texts) -> str:
    """What the picture shows, for who can't see it; at most 1,024 characters."""
    return {
        "people": _people, "deliveries": _deliveries, "jokes": _jokes, "news": _news
    }[page](stats, texts)  # fmt: skip


def shown(page: str, texts: Texts, *, dark: bool) -> Message:
    """Under it the other pictures, and this one on the other ground."""
    return Message.of("", _keyboard(page, texts, dark=dark))


def _keyboard(page: str, texts: Texts, *, dark: bool) -> Keyboard:
    now, other = ("dark", "light") if dark else ("light", "dark")
    turns = [Button(texts.say(name), f"stats:{key}:{now}")
             for key, name in NAMES.items() if key != page]  # fmt: skip
    return (tuple(turns), (Button("☀️" if dark else "🌙", f"stats:{page}:{other}"),))


def _people(stats: Stats, texts: Texts) -> str:
    grown = stats.people[-1] - stats.people[0]
    wanted = stats.subscriptions[-1] - stats.subscriptions[0]
    return texts.say(
        "👥 People: {people} ({grown} in {days} days), groups and channels: {groups}, "
        "subscriptions: {subscriptions} ({wanted}).",
        people=texts.number(stats.people[-1]), grown=f"{grown:+,}", days=len(stats.days),
        groups=texts.number(stats.groups), subscriptions=texts.number(stats.subscriptions[-1]),
        wanted=f"{wanted:+,}",
    )  # fmt: skip


def _deliveries(stats: Stats, texts: Texts) -> str:
    sent = sum(hour.sent for hour in stats.hours)
    if not sent:
        return texts.say("📬 Nothing was sent in the last two days.")
    mean = sum(hour.mean * hour.sent for hour in stats.hours) / sent
    return texts.plural(
        "📬 {n} message sent in two days, {mean} s after it was due on average, "
        "{longest} s at most.",
        "📬 {n} messages sent in two days, {mean} s after they were due on average, "
        "{longest} s at most.", sent,
        mean=texts.number(round(max(mean, 0), 1)),
        longest=texts.number(round(max(0, *(hour.longest for hour in stats.hours)), 1)),
    )  # fmt: skip


def _jokes(stats: Stats, texts: Texts) -> str:
    if not stats.jokes:
        return texts.say("😄 Nobody has voted on a joke yet.")
    head = texts.say("😄 At least so many laugh (95 % sure):")
    lines = [f"{each.liked:.0%} · {clip(harmless(' '.join(each.text.split())), JOKE_UNITS)}"
             for each in stats.jokes]  # fmt: skip
    return "\n".join([head, *lines])


def _news(stats: Stats, texts: Texts) -> str:
    feeds = stats.feeds
    most = texts.listed(f"{topic_name(topic, texts)} {texts.number(many)}"
                     for topic, many in stats.topics[:TOPICS])  # fmt: skip
    told = texts.say(
        "📰 Feeds: {well} well, {troubled} in trouble, {paused} paused, {retired} retired.",
        well=feeds.well, troubled=feeds.troubled, paused=feeds.paused, retired=feeds.retired,
    )  # fmt: skip
    return f"{told}\n{most}" if most else told
