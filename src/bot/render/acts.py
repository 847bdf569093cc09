"""What an admin did, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models.feeds import FeedEntry
from bot.models.headlines import HeadlineEntry
from bot.models.jokes import JokeEntry
from bot.models.messages import Button, Message
from bot.models.reports import ReportEntry
from bot.render.foreign import harmless
from bot.render.split import clip
from bot.texts import mark

if TYPE_CHECKING:
    from bot.models.acts import Change, ItemEntry
    from bot.texts import Texts

LABEL_UNITS, NAME_UNITS = 40, 120
SIGNS = {JokeEntry: "😄", HeadlineEntry: "📰", ReportEntry: "📖", FeedEntry: "📡"}
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
FEED_DONE = {
    "add": mark("Followed from now on: {name}"),
    "edit": mark("Changed: {name}"),
    "remove": mark("No longer followed: {name}\nWhat it brought stays until it is old."),
}
FEED_UNDONE = {
    "add": mark("Taken back, and no longer followed: {name}"),
    "edit": mark("Taken back. It is as it was: {name}"),
    "remove": mark("Taken back, and followed again: {name}"),
}


def done(change: Change, texts: Texts) -> Message:
    """It is, with the way back."""
    said = FEED_DONE if change.shelf == "feeds" else DONE
    undo = Button("↩ " + texts.say("Undo"), f"undo:{change.id}")
    return Message.of(texts.say(said[change.what], name=_name(change, NAME_UNITS)), ((undo,),))


def undone(change: Change, texts: Texts) -> Message:
    """It was taken back."""
    said = FEED_UNDONE if change.shelf == "feeds" else UNDONE
    return Message.of(texts.say(said[change.what], name=_name(change, NAME_UNITS)))


def name(entry: ItemEntry, most: int) -> str:
    """How an item begins, with the sign of its shelf."""
    sign = next(sign for kind, sign in SIGNS.items() if isinstance(entry, kind))
    text = entry.text if isinstance(entry, JokeEntry) else entry.title
    return f"{sign} {clip(harmless(' '.join(text.split())), most)}"


def undo_button(change: Change, texts: Texts) -> Button:
    """In the list of what can be taken back."""
    return Button(
        "↩ " + texts.say(DID[change.what], name=_name(change, LABEL_UNITS)), f"undo:{change.id}"
    )


def _name(change: Change, most: int) -> str:
    """By what it says now, or for one taken back to what it said, by that."""
    item = change.before if change.what == "edit" and change.undone_at else change.item
    return name(item.entry, most) if item else change.name
