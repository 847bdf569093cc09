"""One search over jokes, stories and reports."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from bot.models.search import SHELVES, Found, Hit
from bot.render.pages import PAGE
from bot.store import headlines, jokes, reports, stories
from bot.store.folding import wanted
from bot.words.script import CJK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.models.search import Shelf
    from bot.store.database import Connection, Database

# A third of what is shown; Chinese characters say more, and each is as wide as two letters.
AROUND, AROUND_WIDE = 100, 40
_WIDE = re.compile(f"[{CJK}]")


async def page(
    db: Database,
    language: str,
    query: str,
    shelf: Shelf | None = None,
    offset: int = 0,
    *,
    samples: bool = False,
) -> Found:
    """What has all words of the query, on that shelf or on the likeliest."""
    return await db.read(_page, language, query, shelf, offset, samples=samples)


def words(query: str) -> list[str]:
    """What of a query stands in what it finds."""
    return [token for token, _ in wanted(query)]


def _page(
    conn: Connection, language: str, query: str, shelf: Shelf | None, offset: int, *, samples: bool
) -> Found:
    firsts = {each: _hits(conn, each, language, query, 0, 1, samples=samples) for each in SHELVES}
    totals = {each: total for each, (_, total) in firsts.items()}
    best = {each: hits[0] for each, (hits, _) in firsts.items() if hits}
    shown = shelf or _likeliest(best, query)
    hits, _ = _hits(conn, shown, language, query, offset, PAGE, samples=samples)
    return Found(query, shown, tuple(hits), offset, totals)


def _likeliest(best: Mapping[Shelf, Hit], query: str) -> Shelf:
    """The first whose best has a word itself, not only one that begins so; or else the first."""
    tokens = [re.escape(word) for word in words(query)]
    whole = "|".join(rf"\b{token}\b" if token.isascii() else token for token in tokens)
    word = re.compile(whole, re.IGNORECASE)
    itself = (shelf for shelf, hit in best.items() if word.search(f"{hit.title}\n{hit.text}"))
    return next(chain(itself, best, SHELVES))


def _hits(
    conn: Connection, shelf: Shelf, language: str, query: str, offset: int, limit: int,
    *, samples: bool,
) -> tuple[list[Hit], int]:  # fmt: skip
    if shelf == "jokes":
        told, total = jokes.found(conn, language, query, offset=offset, limit=limit)
        return [Hit(each.id, "", _around(each.text, query)) for each in told], total
    if shelf == "reports":
        cards, total = reports.cards(conn, language, word=query, offset=offset, limit=limit)
        texts = reports.texts(conn, [card.id for card in cards])
        return [Hit(card.id, card.title, _around(texts[card.id], query)) for card in cards], total
    found, total = stories.found(conn, language, query, samples=samples, offset=offset, limit=limit)
    texts = headlines.texts(conn, [story.lead.id for story in found])
    return [
        Hit(story.id, story.lead.title, _around(texts.get(story.lead.id, ""), query))
        for story in found
    ], total


def _around(text: str, query: str) -> str:
    """The place of the text where the query stands, or the first of its words, or its beginning."""
    flat = " ".join(text.split())
    places = (match.start() for token in (query, *words(query))
              if (match := re.search(re.escape(token), flat, re.IGNORECASE)))  # fmt: skip
    place = next(places, 0)
    around = AROUND_WIDE if _WIDE.search(flat, place, place + AROUND) else AROUND
    start = max(0, place - around)
    if start:
        start = flat.find(" ", start, start + around // 2) + 1 or start
    end = start + 3 * around
    return ("… " if start else "") + flat[start:end] + ("…" if end < len(flat) else "")
