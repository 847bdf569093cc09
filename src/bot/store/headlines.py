"""The shelf of headlines."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Table,
    Text,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    true,
    update,
)

from bot.models.headlines import Headline
from bot.store.folding import fold, pattern
from bot.store.schema import BigId, CleanText, Utc, index, metadata

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement, Row

# Retention: for good; a removed headline keeps its row, so that no seed brings it back.
# `quotes` is a JSON list of sentences of `text`, null until it was read.
headlines = Table(
    "headlines",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("key", CleanText, unique=True),
    Column("language", Text, nullable=False),
    Column("topic", CleanText, nullable=False),
    Column("title", CleanText, nullable=False),
    Column("source", CleanText, nullable=False),
    Column("url", CleanText, nullable=False),
    Column("published", Utc, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("folded", Text, nullable=False),
    Column("quotes", CleanText),
    Column("sample", Boolean, nullable=False),
    Column("origin", Text, nullable=False),
    Column("seed_hash", Text),
    Column("edited_at", Utc),
    Column("removed_at", Utc),
    Column("created_at", Utc, nullable=False),
)
SHELVED = headlines.c.removed_at.is_(None)
NEWEST = (headlines.c.language, headlines.c.published)
index("ix_headlines_language_published", *NEWEST, where=SHELVED)
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


def page(
    conn: Connection,
    language: str,
    *,
    topic_or_word: str | None,
    samples: bool,
    offset: int,
    limit: int,
) -> tuple[list[Headline], int]:
    """Newest first, and how many there are in all; `samples` includes the samples.

    The word is a topic, or else stands in the headline, its source or its article.
    """
    shown = _shown(language, samples) & _matches(language, fold(topic_or_word))
    total = conn.scalar(select(func.count()).select_from(headlines).where(shown)) or 0
    newest = (headlines.c.published.desc(), headlines.c.id.desc())
    statement = select(*CARD).where(shown).order_by(*newest).offset(offset).limit(limit)
    return [_headline(row) for row in conn.execute(statement)], total


def find(conn: Connection, headline_id: int) -> Headline | None:
    """The headline, unless it was removed."""
    row = conn.execute(select(*CARD).where(headlines.c.id == headline_id, SHELVED)).first()
    return _headline(row) if row else None


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


def topics(conn: Connection, language: str, samples: bool) -> list[tuple[str, int]]:
    """The topics of a language, the fullest first."""
    many = func.count()
    statement = (
        select(headlines.c.topic, many)
        .where(_shown(language, samples))
        .group_by(headlines.c.topic)
        .order_by(many.desc(), headlines.c.topic)
    )
    return [(topic, count) for topic, count in conn.execute(statement)]


def languages(conn: Connection, samples: bool) -> dict[str, int]:
    """How many headlines there are in each language."""
    shown = SHELVED & _genuine(samples)
    counted = select(headlines.c.language, func.count()).where(shown)
    rows = conn.execute(counted.group_by(headlines.c.language))
    return dict(rows.all())


def _headline(row: Row[*tuple[Any, ...]]) -> Headline:
    quotes = None if row.quotes is None else tuple(json.loads(row.quotes))
    return replace(Headline(*row[:7]), quotes=quotes)


def _genuine(samples: bool) -> ColumnElement[bool]:
    return true() if samples else headlines.c.sample.is_(False)


def _shown(language: str, samples: bool) -> ColumnElement[bool]:
    return and_(headlines.c.language == language, SHELVED, _genuine(samples))


def _matches(language: str, word: str) -> ColumnElement[bool]:
    if not word:
        return true()
    others = headlines.alias()
    its_topic = (others.c.language == language, others.c.topic == word)
    is_topic = exists().where(*its_topic, others.c.removed_at.is_(None))
    has_word = headlines.c.folded.like(pattern(word), escape="/")
    return or_(headlines.c.topic == word, and_(~is_topic, has_word))
