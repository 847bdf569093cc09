"""Headlines that admins write, link to or pass on."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.child import tasks
from bot.config import MAX_ENTRY_CHARS, MAX_PAGE_BYTES
from bot.errors import UserError
from bot.models.feeds import Entry
from bot.models.headlines import TOPICS, HeadlineEntry
from bot.models.stories import Quoted
from bot.news.topics import topic_of
from bot.services import composing, material
from bot.store import topics
from bot.texts import mark
from bot.words.sentences import sentences

if TYPE_CHECKING:
    from datetime import datetime

    from bot.child import Children
    from bot.fetch import Web
    from bot.store.database import Database

QUOTES = 2
# A post may stand in one line; a headline of several sentences is shorter than this.
LINE_CHARS = 100
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_NO_TITLE = mark("That page has no title. Send the headline as text, its address in a line below.")


async def of_text(
    db: Database, text: str, source: str, url: str, default: str, now: datetime
) -> HeadlineEntry:
    """The first line is the title, or its first sentence if it is long; the rest is its text."""
    first, _, rest = text.strip().partition("\n")
    first = _ADDRESS.sub("", first).strip() or first
    if len(first) > LINE_CHARS:
        title = first[: _first_sentence(first, default)]
        first, rest = title, f"{first[len(title) :]}\n{rest}"
    return await _entry(db, first, rest.strip(), source, url, default, now)


async def of_link(
    db: Database, web: Web, children: Children, link: str, default: str, now: datetime
) -> HeadlineEntry:
    """A page by its title, with its article where there is one."""
    page = await web.get(link, most=MAX_PAGE_BYTES)
    document = await children.run(tasks.open_document, page.body, page.charset)
    if not document.title:
        raise UserError(_NO_TITLE)
    article = ""
    with suppress(UserError):  # a page without an article still has its title
        article = await children.run(tasks.read_article, page.body, page.charset)
    source = (urlsplit(page.url).hostname or "").removeprefix("www.")
    return await _entry(db, document.title, article, source, page.url, default, now)


async def quotes(children: Children, entry: HeadlineEntry) -> tuple[Quoted, ...]:
    """The sentences that will stand under it; none of a text that has none."""
    with suppress(UserError):
        read = await children.read(entry.text, title=entry.title, language=entry.language)
        return tuple(Quoted(0, sentence.text) for sentence in read.best(QUOTES))
    return ()


def _first_sentence(text: str, default: str) -> int:
    """Where it ends."""
    return sentences(text, composing.language_of(text, default))[0][1]


async def _entry(
    db: Database, title: str, text: str, source: str, url: str, default: str, now: datetime
) -> HeadlineEntry:
    title, text = material.titled(title), text[:MAX_ENTRY_CHARS]
    language = composing.language_of(f"{title}\n{text}", default)
    words = await db.read(topics.words, language)
    topic = topic_of(Entry(None, url, title, text, "", now, None), TOPICS[0], words)
    return HeadlineEntry("", language, topic, title, source, url, now, text)
