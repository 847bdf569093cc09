"""The star under what can be saved, and a person's list of what they did save."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast, get_args

from markupsafe import Markup

from bot.config import HEADLINE_KEEP_DAYS
from bot.models.messages import Button, Message
from bot.models.saved import Kind
from bot.render.foreign import harmless
from bot.render.pages import pager
from bot.render.split import clip
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from bot.models.messages import Keyboard
    from bot.models.saved import Saved, SavedPage
    from bot.texts import Texts

EMPTY, FULL = "☆", "★"
ICONS: dict[Kind, str] = {"joke": "😄", "report": "📖", "story": "📰"}
JOKE_GONE = mark("That joke is no longer on the shelf.")
REPORT_GONE = mark("That report is no longer on the shelf.")
STORY_GONE = mark("That story is over: stories are kept for {n} days.")
GONE: dict[Kind, str] = {"joke": JOKE_GONE, "report": REPORT_GONE, "story": STORY_GONE}
TITLE_UNITS = 200
NOUN = "save"


def button(kind: Kind, item_id: int) -> Button:
    """Saves it for whoever presses, or takes it off their list."""
    return Button(EMPTY, f"{NOUN}:{kind}:{item_id}")


def targets(keyboard: Keyboard) -> Iterator[tuple[Kind, int]]:
    """What its buttons save."""
    for action in (str(each.action) for row in keyboard for each in row):
        if action.startswith(f"{NOUN}:"):
            yield named(action.partition(":")[2])


def named(data: str) -> tuple[Kind, int]:
    """What such a button says behind its noun."""
    kind, _, item_id = data.partition(":")
    if kind not in get_args(Kind):
        raise ValueError(f"nothing that can be saved: {kind}")
    return cast("Kind", kind), int(item_id)


def starred(keyboard: Keyboard, known: Collection[tuple[Kind, int]]) -> Keyboard:
    """The same with a full star where it is saved already."""
    full = {button(*target).action for target in known}
    return tuple(
        tuple(replace(each, label=FULL) if each.action in full else each for each in row)
        for row in keyboard
    )


def done(texts: Texts, *, kept: bool) -> str:
    """The answer to a press."""
    if kept:
        return texts.say("Saved: /saved shows it.")
    return texts.say("Taken off your list.")


def page(found: SavedPage, texts: Texts, now: datetime) -> Message:
    """A page of the list; the numbered buttons open what was saved."""
    if not found.items:
        return Message.of(
            texts.say(
                "Nothing saved yet: press ☆ under a report or a story, or behind ⋯ under a joke, "
                "and it waits for you here."
            )
        )
    numbered = list(enumerate(found.items, found.offset + 1))
    head = Markup("{} <b>{}</b>").format(FULL, texts.say("What you saved"))
    items = [_item(number, each, texts, now) for number, each in numbered]
    opens = tuple(Button(str(number), f"kept:{each.id}") for number, each in numbered)
    turn = pager(lambda to: f"saved:{to}", found.offset, len(found.items), found.total)
    return Message(Markup("\n\n").join([head, *items]), (opens, turn))


def gone(saved: Saved, texts: Texts) -> Message:
    """What is left of it."""
    why = texts.say(GONE[saved.kind], n=HEADLINE_KEEP_DAYS)
    if saved.url:
        why = texts.say("{why} Only its link is left.", why=why)
    html = Markup("{} <b>{}</b>\n<i>{}</i>").format(ICONS[saved.kind], _title(saved), why)
    return Message(html, ((Button("✕ " + texts.say("Take it off"), f"kept:{saved.id}:off"),),))


def _item(number: int, saved: Saved, texts: Texts, now: datetime) -> Markup:
    ago = texts.say("saved {ago}", ago=texts.ago(saved.saved_at, now))
    icon = ICONS[saved.kind]
    return Markup("{}. {} {}\n<i>{}</i>").format(number, icon, _title(saved), ago)


def _title(saved: Saved) -> Markup:
    title = clip(harmless(saved.title), TITLE_UNITS)
    if not saved.url:
        return Markup.escape(title)
    return Markup('<a href="{}">{}</a>').format(saved.url, title)
