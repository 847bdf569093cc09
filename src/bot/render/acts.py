"""What an admin did, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models.headlines import HeadlineEntry
from bot.models.jokes import JokeEntry
from bot.models.messages import Button, Message
from bot.render import imports
from bot.render.foreign import harmless
from bot.render.split import clip
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models.acts import Change, ItemEntry
    from bot.models.imports import Import
    from bot.texts import Texts

LABEL_UNITS, NAME_UNITS, MOST_SHOWN = 40, 120, 10
DID = {
    "add": mark("Added: {name}"),
    "edit": mark("Changed: {name}"),
    "remove": mark("Removed: {name}"),
}
DONE = {
    "add": mark("On the shelf now: {name}"),
    "edit": mark("Changed on the shelf: {name}"),
    "remove": mark("Off the shelf: {name}\nIt is kept for thirty days, in case you want it back."),
}
UNDONE = {
    "add": mark("Taken back, and off the shelf again: {name}"),
    "edit": mark("Taken back. It says again: {name}"),
    "remove": mark("Taken back, and on the shelf again: {name}"),
}


def page(changes: Sequence[Change], brought: Sequence[Import], texts: Texts) -> Message:
    """A button for each, the newest first; imports as a whole."""
    if not changes and not brought:
        return Message.of(texts.say("There is nothing to take back."))
    buttons = [(change.at, _button(change, texts)) for change in changes]
    buttons += [(one.at, imports.undo_button(one, texts)) for one in brought]
    newest = sorted(buttons, key=lambda each: each[0], reverse=True)
    rows = tuple((button,) for _, button in newest[:MOST_SHOWN])
    return Message.of(texts.say("What shall I take back?"), rows)


def done(change: Change, texts: Texts) -> Message:
    """It is, with the way back."""
    undo = Button("↩ " + texts.say("Undo"), f"undo:{change.id}")
    return Message.of(texts.say(DONE[change.what], name=_name(change, NAME_UNITS)), ((undo,),))


def undone(change: Change, texts: Texts) -> Message:
    """It was taken back."""
    return Message.of(texts.say(UNDONE[change.what], name=_name(change, NAME_UNITS)))


def name(entry: ItemEntry, most: int) -> str:
    """How an item begins, with the sign of its shelf."""
    if isinstance(entry, JokeEntry):
        sign, text = "😄", entry.text
    else:
        sign, text = "📰" if isinstance(entry, HeadlineEntry) else "📖", entry.title
    return f"{sign} {clip(harmless(' '.join(text.split())), most)}"


def _button(change: Change, texts: Texts) -> Button:
    return Button(
        "↩ " + texts.say(DID[change.what], name=_name(change, LABEL_UNITS)), f"undo:{change.id}"
    )


def _name(change: Change, most: int) -> str:
    """By what it says now, or for one taken back to what it said, by that."""
    item = change.before if change.what == "edit" and change.undone_at else change.item
    return name(item.entry, most) if item else change.name
