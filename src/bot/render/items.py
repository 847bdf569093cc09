"""What stands on the shelves, in pages for those who care for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.models.acts import NOUNS, said
from bot.models.messages import Button, Message
from bot.render.acts import name
from bot.render.foreign import harmless
from bot.render.pages import pager, ticked
from bot.render.split import clip
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models.acts import Item, ItemEntry, Shelf
    from bot.models.messages import Keyboard
    from bot.texts import Texts

LINE_UNITS, TEXT_UNITS = 120, 3_000
# Shelves and kinds by the letters that buttons carry.
SHELVES: dict[str, Shelf] = {"j": "jokes", "h": "headlines", "r": "reports"}
LABELS: dict[str, str] = {
    "j": mark("😄 Jokes"), "h": mark("📰 Headlines"), "r": mark("📖 Reports")}  # fmt: skip
KINDS: dict[str, str] = {"a": mark("All"), "m": mark("By admins"), "x": mark("Removed")}


def page(
    found: Sequence[tuple[int, ItemEntry]],
    total: int,
    place: tuple[str, str, int, str],
    texts: Texts,
) -> Message:
    """Five in a message; `place` is the letters of shelf and kind, the offset and a word."""
    shelf, kind, offset, word = place
    lines = [f"{offset + number}. {name(entry, LINE_UNITS)}"
             for number, (_, entry) in enumerate(found, 1)]  # fmt: skip
    head = texts.plural("{n} item", "{n} items", total)
    head += " · " + texts.say("“{word}”", word=word) if word else ""
    opened = tuple(Button(str(offset + number), f"item:{NOUNS[SHELVES[shelf]]}-{item_id}")
                   for number, (item_id, _) in enumerate(found, 1))  # fmt: skip
    turns = pager(lambda to: f"items:{shelf}:{kind}:{to}:{word}", offset, len(found), total)
    return Message.of(
        "\n".join([head, *lines]), (opened, turns, *_filters(shelf, kind, word, texts))
    )


def card(key: str, item: Item, texts: Texts) -> Message:
    """One of them, whole or nearly so."""
    text = "\n".join(said(item.entry))
    head = Markup("<b>{}</b>").format(key)
    if item.removed_at is not None:
        head += f" · {texts.say('Removed')}"
    return Message(Markup("{}\n{}").format(head, clip(harmless(text), TEXT_UNITS)))


def _filters(shelf: str, kind: str, word: str, texts: Texts) -> Keyboard:
    return (
        tuple(Button(ticked(texts.say(label), each == shelf), f"items:{each}:{kind}:0:{word}")
              for each, label in LABELS.items()),
        tuple(Button(ticked(texts.say(label), each == kind), f"items:{shelf}:{each}:0:{word}")
              for each, label in KINDS.items()),
    )  # fmt: skip
