"""How the bot is doing, on one screen of a phone."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.models.messages import Button, Keyboard, Message
from bot.render.foreign import harmless
from bot.render.split import clip
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, timedelta

    from bot.models.health import Health
    from bot.texts import Texts

REASON_UNITS = 80
GIGABYTE, MEGABYTE = 1e9, 1e6
# Less than this and a database may soon find no room.
LITTLE = GIGABYTE
# What the outbox notes by itself; what was on its way when a process died has no note.
UNSURE = mark("nobody knows if it arrived")
OURS = {
    "": UNSURE, "nobody knows if it arrived": UNSURE, "restored": UNSURE,
    "it could not be composed": mark("it could not be composed"),
}  # fmt: skip


def message(health: Health, texts: Texts, now: datetime) -> Message:
    """Each line begins with a sign: what is not well has its own."""
    head = Markup("🩺 <b>{}</b>").format(
        texts.say("All is well.") if _is_well(health) else texts.say("Something needs a look.")
    )
    lines = [Markup.escape(line) for line in _lines(health, texts, now)]
    return Message(Markup("\n").join([head, *lines]), _keyboard(health, texts))


def _is_well(health: Health) -> bool:
    troubles = health.outlook.parked, health.outlook.dead, health.feeds_broken
    return not any(troubles) and health.disk_free >= LITTLE and not health.backup_late


def _lines(health: Health, texts: Texts, now: datetime) -> Iterator[str]:
    outlook = health.outlook
    yield "📬 " + (
        texts.plural(
            "{n} message waits, the longest for {lag}; all are sent in about {left}.",
            "{n} messages wait, the longest for {lag}; all are sent in about {left}.",
            outlook.open, lag=_span(outlook.lag, texts), left=_span(outlook.left, texts),
        )
        if outlook.open
        else texts.say("No message waits.")
    )  # fmt: skip
    if outlook.dead:
        yield "✉️ " + texts.plural(
            "{n} message never arrived:", "{n} messages never arrived:", outlook.dead
        )
        for reason, number in _reasons(health, texts).items():
            yield f"  {texts.number(number)} × {clip(reason, REASON_UNITS)}"
    if outlook.parked:
        yield "❓ " + texts.plural(
            "Of {n} message nobody knows if it arrived.",
            "Of {n} messages nobody knows if they arrived.", outlook.parked,
        )  # fmt: skip
    yield "📥 " + (
        texts.plural(
            "{n} request is being worked on.", "{n} requests are being worked on.", health.undone
        )
        if health.undone
        else texts.say("Every request is answered.")
    )
    yield ("⚠ " if health.feeds_broken else "📡 ") + texts.plural(
        "{n} feed, {broken} in trouble.", "{n} feeds, {broken} in trouble.",
        health.feeds, broken=texts.number(health.feeds_broken),
    )  # fmt: skip
    yield ("⚠ " if health.disk_free < LITTLE else "💾 ") + texts.say(
        "{free} free, the database has {size}.",
        free=_bytes(health.disk_free, texts), size=_bytes(health.database, texts),
    )  # fmt: skip
    yield ("⚠ " if health.backup_late else "🗄 ") + _backup(health, texts, now)


def _reasons(health: Health, texts: Texts) -> dict[str, int]:
    """Our own in the reader's words, Telegram's as it says them."""
    told: dict[str, int] = {}
    for reason, number in health.failures:
        said = texts.say(OURS[reason]) if reason in OURS else harmless(reason)
        told[said] = told.get(said, 0) + number
    return told


def _backup(health: Health, texts: Texts, now: datetime) -> str:
    if health.backed_up_at is None:
        return texts.say("No backup yet: /backup makes one.")
    ago = texts.ago(health.backed_up_at, now)
    if health.backup_late:
        return texts.say("Last backed up {ago}: the next is late, and the log says why.", ago=ago)
    return texts.say("Backed up {ago}, and tried out.", ago=ago)


def _keyboard(health: Health, texts: Texts) -> Keyboard:
    again = Button(texts.say("Send the uncertain ones again"), "health:again")
    feeds = Button(texts.say("Feeds in trouble"), "feeds:broken:0")
    refresh = Button("⟳", "health:")
    rows = [(again,)] if health.outlook.parked else []
    return (*rows, (feeds, refresh) if health.feeds_broken else (refresh,))


def _span(time: timedelta, texts: Texts) -> str:
    minutes = ceil(time.total_seconds() / 60)
    return texts.plural("{n} min", "{n} min", minutes)


def _bytes(number: int, texts: Texts) -> str:
    if number >= GIGABYTE:
        return f"{texts.number(round(number / GIGABYTE, 1))} GB"
    return f"{texts.number(round(number / MEGABYTE, 1))} MB"
