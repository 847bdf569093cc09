"""The shelf of headlines."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Table,
    Text,
    bindparam,
    delete,
    literal_column,
    select,
    update,
)

from bot.models.headlines import Headline, Wanted
from bot.store.folding import fold, indexed
from bot.store.schema import BigId, CleanText, SaidText, Utc, index, insert, metadata

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from bot.models.feeds import Due, Entry
    from bot.models.said import Said

# Retention: from feeds thirty days; else for good, and of a removed one the key alone stays after
# REMOVED_KEEP_DAYS, so that no seed brings it back. `quotes` is a JSON list of sentences of `text`,
# null until it was read. `article` tells of a text that is a teaser: `wanted` until its page is
# read, then `page`, or `none` where that failed, as `article_error` says. `digest` changes with
# what the feed says, `changed_at` is when it did last. `placed_at` is null where stories have to
# take note: of what is new, has other words, or was taken off the shelf or put back.
headlines = Table(
    "headlines",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("key", CleanText, unique=True),
    Column("language", Text, nullable=False),
    Column("topic", CleanText, nullable=False),
    Column("title", CleanText, nullable=False),
    Column("source", CleanText, nullable=False),
    Column("folded_source", Text, nullable=False, server_default=""),
    Column("url", CleanText, nullable=False),
    Column("published", Utc, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("folded", Text, nullable=False),
    Column("quotes", CleanText),
    Column("feed_id", BigId, ForeignKey("feeds.id", ondelete="CASCADE")),
    Column("canonical", CleanText),
    Column("digest", Text),
    Column("article", Text),
    Column("article_error", SaidText),
    Column("changed_at", Utc),
    Column("story_id", BigId, ForeignKey("stories.id", ondelete="SET NULL")),
    Column("placed_at", Utc),
    Column("sample", Boolean, nullable=False),
    Column("origin", Text, nullable=False),
    Column("seed_hash", Text),
    Column("edited_at", Utc),
    Column("removed_at", Utc),
    Column("created_at", Utc, nullable=False),
)
SHELVED = headlines.c.removed_at.is_(None)
# A page, its number of pages and the counts of topics are read off these alone.
PLACE = (headlines.c.language, headlines.c.sample)
index("ix_headlines_shelf", *PLACE, headlines.c.published, where=SHELVED)
index("ix_headlines_topic", *PLACE, headlines.c.topic, headlines.c.published, where=SHELVED)
index("ix_headlines_source", headlines.c.language, headlines.c.folded_source, where=SHELVED)
# What an admin wrote is not overwritten by its feed.
UNTOUCHED = headlines.c.edited_at.is_(None)
FROM_FEEDS = headlines.c.feed_id.is_not(None)
# A bound value would keep SQLite from using the index.
WANTED = headlines.c.article == literal_column("'wanted'")
index("ix_headlines_feed_id", headlines.c.feed_id, headlines.c.published, where=FROM_FEEDS)
index("ix_headlines_published", headlines.c.published, where=FROM_FEEDS)
index("ix_headlines_due", headlines.c.published, where=headlines.c.placed_at.is_(None))
index("ix_headlines_story_id", headlines.c.story_id, where=headlines.c.story_id.is_not(None))
index("ix_headlines_canonical", headlines.c.canonical, where=headlines.c.canonical.is_not(None))
index("ix_headlines_wanted", headlines.c.published, where=WANTED)
index("ix_headlines_removed_at", headlines.c.removed_at, where=~SHELVED)
CARD = (
    headlines.c.id,
    headlines.c.language,
    headlines.c.topic,
    headlines.c.title,
    headlines.c.source,
    headlines.c.url,
    headlines.c.published,
    headlines.c.quotes,
)
LEADING = (
    headlines.c.id,
    headlines.c.url,
    headlines.c.title,
    headlines.c.source,
    headlines.c.language,
    headlines.c.text,
    headlines.c.digest,
)
# A word is looked for at the beginning of an article only: most of the shelf would be doubled.
FOLDED_CHARS = 1_000


def texts(conn: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The articles behind headlines."""
    statement = select(headlines.c.id, headlines.c.text).where(headlines.c.id.in_(ids))
    return {row.id: row.text for row in conn.execute(statement)}


def set_quotes(conn: Connection, quotes: Mapping[int, tuple[str, ...]]) -> None:
    """Keep the sentences chosen from articles; `()` for one that has none."""
    statement = update(headlines).where(headlines.c.id == bindparam("headline"))
    rows = [
        {"headline": headline_id, "quotes": json.dumps(sentences, ensure_ascii=False)}
        for headline_id, sentences in quotes.items()
    ]
    if rows:
        conn.execute(statement.values(quotes=bindparam("quotes")), rows)


def add(
    conn: Connection, due: Due, entries: Sequence[tuple[Entry, str]], now: datetime
) -> list[int]:
    """Shelve new entries of a feed, each with its topic; their numbers, in the same order.

    One without a date, or dated later than now, counts as published now, the first one last.
    """
    rows = [
        {
            **_words(entry, due.title),
            "language": due.language,
            "topic": topic,
            "source": due.title,
            "folded_source": fold(due.title),
            "published": min(entry.published or now, now) - timedelta(microseconds=place),
            "feed_id": due.id,
            "sample": due.sample,
            "origin": "feed",
            "created_at": now,
            "changed_at": now,
        }
        for place, (entry, topic) in enumerate(entries)
    ]
    if not rows:
        return []
    fresh = insert(conn, headlines).returning(headlines.c.id, sort_by_parameter_order=True)
    return list(conn.scalars(fresh, rows))


def change(
    conn: Connection, due: Due, changed: Sequence[tuple[int, Entry]], now: datetime
) -> list[int]:
    """Bring headlines in line with their entries; the numbers of those whose words changed.

    These lose their quotes and their page's text; a mere new address changes nothing else.
    """
    rewritten = []
    for headline_id, entry in changed:
        here = update(headlines).where(headlines.c.id == headline_id)
        words = here.where(headlines.c.digest.is_distinct_from(entry.digest), UNTOUCHED)
        if conn.execute(words.values(**_words(entry, due.title), changed_at=now)).rowcount:
            rewritten.append(headline_id)
        else:
            conn.execute(here.values(url=entry.url or "", canonical=entry.canonical))
    return rewritten


def wanted(conn: Connection, since: datetime, limit: int) -> list[Wanted]:
    """The newest headlines whose article has to be fetched yet."""
    statement = select(*LEADING).where(WANTED, SHELVED, headlines.c.published >= since)
    newest = statement.order_by(headlines.c.published.desc(), headlines.c.id.desc())
    return [Wanted(*row) for row in conn.execute(newest.limit(limit))]


def wanted_of(conn: Connection, ids: Sequence[int]) -> list[Wanted]:
    """Those of these headlines whose article has to be fetched yet."""
    statement = select(*LEADING).where(WANTED, SHELVED, headlines.c.id.in_(ids))
    return [Wanted(*row) for row in conn.execute(statement)]


def set_article(conn: Connection, headline: Wanted, text: str | None, error: Said | None) -> bool:
    """Keep a page's text, or why there is none; False if the headline changed meanwhile."""
    here = (headlines.c.id == headline.id, headlines.c.digest == headline.digest, WANTED)
    values: dict[str, object] = {"article": "none", "article_error": error}
    if text is not None:
        folded = indexed(headline.title, headline.source, text[:FOLDED_CHARS])
        values = {"article": "page", "text": text, "folded": folded, "quotes": None,
                  "placed_at": None}  # fmt: skip
    return conn.execute(update(headlines).where(*here).values(**values)).rowcount > 0


def article_errors(conn: Connection, ids: Sequence[int]) -> dict[int, Said]:
    """Of these headlines, why their articles could not be had."""
    failed = (headlines.c.id.in_(ids), headlines.c.article_error.is_not(None))
    rows = conn.execute(select(headlines.c.id, headlines.c.article_error).where(*failed))
    return {row.id: row.article_error for row in rows}


def source_named(conn: Connection, language: str, name: str) -> str | None:
    """A source of that name, in whatever case, as the headlines of a language write it."""
    same = (headlines.c.language == language, headlines.c.folded_source == fold(name), SHELVED)
    found: str | None = conn.scalar(select(headlines.c.source).where(*same).limit(1))
    return found


def published(conn: Connection, feed_id: int, limit: int) -> list[datetime]:
    """When the newest headlines of a feed came out, newest first."""
    newest = select(headlines.c.published).where(headlines.c.feed_id == feed_id)
    return list(conn.scalars(newest.order_by(headlines.c.published.desc()).limit(limit)))


def purge(conn: Connection, before: datetime, limit: int) -> int:
    """Drop headlines that feeds brought before then, at most so many at once; how many.

    The playground's are old from the beginning.
    """
    genuine = (FROM_FEEDS, headlines.c.sample.is_(False))
    old = select(headlines.c.id).where(*genuine, headlines.c.published < before).limit(limit)
    return conn.execute(delete(headlines).where(headlines.c.id.in_(old))).rowcount


def _words(entry: Entry, source: str) -> dict[str, object]:
    """What an entry says, as a row holds it."""
    return {
        "title": entry.title,
        "url": entry.url or "",
        "canonical": entry.canonical,
        "text": entry.text,
        "folded": indexed(entry.title, source, entry.text[:FOLDED_CHARS]),
        "digest": entry.digest,
        "article": "wanted" if entry.teaser and entry.url else None,
        "article_error": None,
        "quotes": None,
        "placed_at": None,
    }


def headline(row: Row[*tuple[Any, ...]]) -> Headline:
    """From the columns of CARD."""
    quotes = None if row.quotes is None else tuple(json.loads(row.quotes))
    return Headline(
        row.id, row.language, row.topic, row.title, row.source, row.url, row.published, quotes
    )
