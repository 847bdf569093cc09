"""What a search found, in pages, the words in bold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from bot.models.messages import Button, Keyboard, Message
from bot.models.search import SHELVES
from bot.render.foreign import harmless
from bot.render.pages import pager
from bot.render.split import clip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models.search import Found, Hit
    from bot.texts import Texts

ICONS = {"stories": "📰", "reports": "📖", "jokes": "😄"}
OPENS = {"stories": "story:{id}", "reports": "report:{id}:3:new", "jokes": "tell:{id}"}
TITLE_UNITS, TEXT_UNITS = 160, 320


def page(found: Found, words: Sequence[str], texts: Texts) -> Message:
    """One shelf's page; the other shelves that have some are buttons."""
    head = Markup("🔎 <b>{}</b>").format(
        texts.say("Found for “{query}”", query=harmless(found.query))
    )
    items = [_item(number, hit, words) for number, hit in enumerate(found.hits, found.offset + 1)]
    return Message(Markup("\n\n").join([head, *items]), _keyboard(found))


def none(query: str, texts: Texts) -> str:
    """Nothing was found."""
    return texts.say("Nothing here has “{query}”.", query=harmless(query))


def ask(texts: Texts) -> Message:
    """Nothing was asked for."""
    return Message.of(texts.say("Search for what? Like this: /search harbour gate"))


def _item(number: int, hit: Hit, words: Sequence[str]) -> Markup:
    text = _bold(clip(harmless(hit.text), TEXT_UNITS), words)
    if not hit.title:
        return Markup("{}. {}").format(number, text)
    title = _bold(clip(harmless(hit.title), TITLE_UNITS), words)
    return Markup("{}. {}\n<i>{}</i>").format(number, title, text)


def _bold(text: str, words: Sequence[str]) -> Markup:
    """The text, escaped, with each of the words in bold wherever it stands."""
    if not words:
        return escape(text)
    any_word = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    parts = re.split(f"((?:{any_word})+)", text, flags=re.IGNORECASE)
    marked = (Markup("<b>{}</b>").format(part) if at % 2 else escape(part)
              for at, part in enumerate(parts))  # fmt: skip
    return Markup().join(marked)


def _keyboard(found: Found) -> Keyboard:
    def action(offset: int, shelf: str = found.shelf) -> str:
        return f"found:{shelf}:{offset}:{found.query}"

    numbers = tuple(
        Button(str(number), OPENS[found.shelf].format(id=hit.id))
        for number, hit in enumerate(found.hits, found.offset + 1)
    )
    others = tuple(
        Button(f"{ICONS[shelf]} {found.totals[shelf]}", action(0, shelf))
        for shelf in SHELVES
        if shelf != found.shelf and found.totals[shelf]
    )
    return (numbers, pager(action, found.offset, len(found.hits), found.total, *others))
