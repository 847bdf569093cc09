"""An announcement before it is sent, on its way, and after."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from bot.models.messages import Button, Keyboard, Message
from bot.render.pages import LANGUAGES, ticked
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import timedelta

    from bot.models.announcements import Announcement, Progress, Whom
    from bot.texts import Texts

WHOM: dict[Whom, str] = {
    "all": mark("Everybody"), "people": mark("People"), "groups": mark("Groups"),
    "subscribers": mark("Subscribers"),
}  # fmt: skip
EVERY = "*"


def draft(
    one: Announcement, reach: Mapping[Whom, int], left: timedelta, texts: Texts
) -> Message:  # fmt: skip
    """Whom it would go to, and how long that takes."""
    number = reach[one.audience.whom]
    text = texts.plural(
        "📣 This goes to {n} chat, in {time}. Chats in their quiet hours get it afterwards.",
        "📣 This goes to {n} chats, in {time}. Chats in their quiet hours get it afterwards.",
        number, time=_span(left, texts),
    ) if number else texts.say("📣 Nobody would get this: choose others.")  # fmt: skip
    key = f"cast:{one.id}"
    labels = {
        each: f"{texts.say(label)} {texts.number(reach[each])}" for each, label in WHOM.items()
    }
    whom = [
        Button(ticked(label, each == one.audience.whom), f"{key}:to:{each}")
        for each, label in labels.items()
    ]
    languages = [(EVERY, texts.say("Every language"))]
    languages += [(code, texts.say(name)) for code, name in LANGUAGES.items()]
    chosen = one.audience.language or EVERY
    spoken = tuple(
        Button(ticked(name, code == chosen), f"{key}:in:{code}") for code, name in languages
    )
    send = texts.plural("Send to {n} chat", "Send to {n} chats", number)
    last = (*([Button(send, f"{key}:send")] if number else []),
            Button(texts.say("Don't send"), f"{key}:stop"))  # fmt: skip
    return Message.of(text, (tuple(whom[:2]), tuple(whom[2:]), spoken, last))


def panel(one: Announcement, progress: Progress, texts: Texts) -> Message:
    """How far it has come, and what can be done."""
    return Message.of("\n".join(_lines(one, progress, texts)), _keyboard(one, progress, texts))


def _lines(one: Announcement, progress: Progress, texts: Texts) -> Iterator[str]:
    yield _head(one, progress, texts)
    if progress.failed:
        yield "🚫 " + texts.plural(
            "{n} chat did not get it.", "{n} chats did not get it.", progress.failed
        )
    if progress.unknown:
        yield "❓ " + texts.plural(
            "Of {n} message nobody knows if it arrived.",
            "Of {n} messages nobody knows if they arrived.", progress.unknown,
        )  # fmt: skip


def _head(one: Announcement, progress: Progress, texts: Texts) -> str:
    so_far = {"sent": texts.number(progress.sent), "total": texts.number(progress.total)}
    if one.started_at is None or (one.stage == "cancelled" and not progress.total):
        return texts.say("It was not sent.")
    if one.stage == "retracted":
        head = texts.plural("🗑 Deleted in {n} chat.", "🗑 Deleted in {n} chats.", progress.deleted)
        return f"{head}\n{_left(progress, texts)}".strip()
    if one.stage == "cancelled":
        return texts.plural(
            "✖ Stopped: {n} chat got it.", "✖ Stopped: {n} chats got it.", progress.sent
        )
    if one.stage == "paused":
        return texts.say("⏸ Paused: {sent} of {total} got it.", **so_far)
    if progress.open:
        head = texts.say("📣 On its way: {sent} of {total} got it.", **so_far)
        return f"{head}\n{_left(progress, texts)}"
    return texts.say("✓ Sent: {sent} of {total} got it.", **so_far)


def _left(progress: Progress, texts: Texts) -> str:
    if not progress.open:
        return ""
    return texts.say("The rest takes {time}.", time=_span(progress.left, texts))


def _keyboard(one: Announcement, progress: Progress, texts: Texts) -> Keyboard:
    key = f"cast:{one.id}"
    pause = Button("⏸ " + texts.say("Pause"), f"{key}:pause")
    resume = Button("▶ " + texts.say("Resume"), f"{key}:resume")
    stop = Button("✖ " + texts.say("Stop"), f"{key}:stop")
    retract = Button("🗑 " + texts.say("Delete what was sent"), f"{key}:retract")
    again = Button(texts.say("Send the uncertain ones again"), f"{key}:again")
    leave = Button(texts.say("Leave those"), f"{key}:leave")
    under_way = one.stage == "running" and progress.open > 0
    first = (pause, stop) if under_way else (resume, stop) if one.stage == "paused" else ()
    doubtful = ((again,), (leave,)) if progress.unknown and one.stage == "running" else ()
    return (first, *doubtful, (retract,) if progress.sent else ())


def _span(time: timedelta, texts: Texts) -> str:
    minutes = ceil(time.total_seconds() / 60)
    return texts.plural("about {n} minute", "about {n} minutes", max(1, minutes))
