"""A document in as many of its own sentences as somebody wishes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.models.summaries import Summary
from bot.reading.keywords import keywords
from bot.reading.rank import DEFAULT
from bot.reading.read import MOST_RANKED, read_document
from bot.reading.select import select
from bot.words.count import count_words

if TYPE_CHECKING:
    from bot.models.documents import Document
    from bot.models.summaries import Wish

# A summary as long as this is no summary; the rest of the ranking need not leave the worker.
MOST_CHOSEN = 10_000


def summarize(document: Document, wish: Wish) -> Summary:
    """Raises a UserError where there is nothing to quote, or no such method."""
    document = replace(
        document,
        title=wish.title or document.title,
        language=wish.language or document.language,
    )
    most = min(max(wish.length.count, MOST_RANKED), MOST_CHOSEN)
    reading = read_document(document, method=wish.method or DEFAULT, most=most)
    chosen = select(reading.ranked, wish.length)
    return Summary(
        source=None,
        reading=replace(reading, ranked=()),
        sentences=chosen,
        words=sum(count_words(sentence.text) for sentence in chosen),
        keywords=keywords(document.text, reading.language),
    )
