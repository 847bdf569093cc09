"""The shelf of stories: each an event, with the headlines of all its sources."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    and_,
    bindparam,
    delete,
    exists,
    func,
    select,
    true,
    update,
)

from bot.models.stories import Quoted, Story
from bot.store.folding import fold
from bot.store.headlines import CARD, SHELVED, headline, headlines
from bot.store.schema import BigId, CleanText, Utc, count_rows, index, metadata
from bot.store.search import matching

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row, Select

    from bot.models.headlines import Headline

# Retention: as long as one of its headlines; what became part of another story stays as long, so
# that buttons still find it. The blobs are those of `clusters`. `entries` is 0 where all headlines
# were taken off the shelf; `lead_id` is the headline that tells it best. `quotes` is a JSON list of
# pairs of a headline's number and a sentence of its text, null until these were read, and again
# whenever anything changed, which `revision` counts. Who follows it heard of version `alerted`.
stories = Table(
    "stories",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("language", Text, nullable=False),
    Column("sample", Boolean, nullable=False),
    Column("topic", CleanText, nullable=False),
    Column("lead_id", BigId),
    Column("entries", Integer, nullable=False),
    Column("terms", LargeBinary, nullable=False),
    Column("names", LargeBinary, nullable=False),
    Column("sources", LargeBinary, nullable=False),
    Column("fresh", LargeBinary, nullable=False),
    Column("skeleton", BigInteger),
    Column("first_seen", Utc, nullable=False),
    Column("last_seen", Utc, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_at", Utc, nullable=False),
    Column("score", Float, nullable=False),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("alerted", Integer, nullable=False, server_default="0"),
    Column("quotes", CleanText),
    Column("merged_into", BigId, ForeignKey("stories.id", ondelete="SET NULL")),
)
TOLD = stories.c.entries > 0
MERGED = stories.c.merged_into.is_not(None)
index("ix_stories_language_score", stories.c.language, stories.c.score, where=TOLD)
UNALERTED = stories.c.alerted < stories.c.version
index("ix_stories_unalerted", stories.c.id, where=UNALERTED)
index("ix_stories_merged_into", stories.c.merged_into, where=MERGED)
Index("ix_stories_last_seen", stories.c.last_seen)
SHOWN = (
    stories.c.id,
    stories.c.language,
    stories.c.topic,
    stories.c.lead_id,
    stories.c.first_seen,
    stories.c.last_seen,
    stories.c.version,
    stories.c.changed_at,
    stories.c.revision,
    stories.c.score,
    stories.c.quotes,
)
# Nobody reads more entries of one story.
MOST_ENTRIES = 200


def page(
    conn: Connection,
    language: str,
    *,
    wanted: str | None,
    samples: bool,
    offset: int,
    limit: int,
) -> tuple[list[Story], int]:
    """The highest score first, and how many there are in all; `samples` includes the samples.

    What is wanted is a topic, or else a source, or else stands in one of the story's headlines,
    its source or its article.
    """
    shown = and_(_shown(language, samples), _matches(conn, language, fold(wanted)))
    return _page(conn, shown, offset, limit)


def found(
    conn: Connection, language: str, query: str, *, samples: bool, offset: int, limit: int
) -> tuple[list[Story], int]:
    """Stories with a headline that has all words of the query, as `page` orders them."""
    its = and_(headlines.c.language == language, SHELVED)
    fits = select(headlines.c.story_id).where(its, matching(conn.dialect.name, headlines, query))
    shown = and_(_shown(language, samples), stories.c.id.in_(fits))
    return _page(conn, shown, offset, limit)


def _page(
    conn: Connection, shown: ColumnElement[bool], offset: int, limit: int
) -> tuple[list[Story], int]:
    total = count_rows(conn, stories, shown)
    best = (stories.c.score.desc(), stories.c.id.desc())
    statement = select(*SHOWN).where(shown).order_by(*best).offset(offset).limit(limit)
    return _stories(conn, statement), total


def find(conn: Connection, story_id: int) -> Story | None:
    """The story, or the one it became part of; None if nothing of it is on the shelf."""
    into: int | None = story_id
    while into is not None:
        story_id = into
        into = conn.scalar(select(stories.c.merged_into).where(stories.c.id == story_id))
    found = _stories(conn, select(*SHOWN).where(stories.c.id == story_id))
    return found[0] if found else None


def topics(conn: Connection, language: str, samples: bool) -> list[tuple[str, int]]:
    """The topics of a language, the fullest first."""
    many = func.count()
    statement = (
        select(stories.c.topic, many)
        .where(_shown(language, samples))
        .group_by(stories.c.topic)
        .order_by(many.desc(), stories.c.topic)
    )
    return [(topic, count) for topic, count in conn.execute(statement)]


def languages(conn: Connection, samples: bool, topic: str = "") -> dict[str, int]:
    """How many stories there are in each language, of this topic only if one is named."""
    counted = select(stories.c.language, func.count()).where(TOLD, _genuine(samples))
    counted = counted.where(stories.c.topic == topic) if topic else counted
    return dict(conn.execute(counted.group_by(stories.c.language)).all())


def set_quotes(conn: Connection, story: Story, quotes: Sequence[Quoted]) -> None:
    """Keep the sentences chosen for a story, unless it changed since they were."""
    kept = json.dumps([(each.headline, each.text) for each in quotes], ensure_ascii=False)
    here = (stories.c.id == story.id, stories.c.revision == story.revision)
    conn.execute(update(stories).where(*here).values(quotes=kept))


def unalerted(conn: Connection, limit: int, *, samples: bool) -> list[Story]:
    """Stories that are new or have changed since those who follow them were looked for."""
    new = select(*SHOWN).where(UNALERTED, TOLD, stories.c.sample.is_(samples))
    return _stories(conn, new.order_by(stories.c.id).limit(limit))


def set_alerted(conn: Connection, found: Sequence[Story]) -> None:
    """They were looked for."""
    here = update(stories).where(stories.c.id == bindparam("its_id"))
    values = [{"its_id": story.id, "its_version": story.version} for story in found]
    if values:
        conn.execute(here.values(alerted=bindparam("its_version")), values)


def purge(conn: Connection, before: datetime, limit: int) -> int:
    """Drop stories last seen before then that have no headline left, at most so many; how many."""
    empty = ~exists().where(headlines.c.story_id == stories.c.id)
    old = select(stories.c.id).where(stories.c.last_seen < before, empty).limit(limit)
    return conn.execute(delete(stories).where(stories.c.id.in_(old))).rowcount


def _stories(conn: Connection, statement: Select[*tuple[Any, ...]]) -> list[Story]:
    rows = conn.execute(statement).all()
    entries = _entries(conn, [row.id for row in rows])
    return [_story(row, entries[row.id]) for row in rows if entries[row.id]]


def _entries(conn: Connection, ids: Sequence[int]) -> dict[int, list[Headline]]:
    found: defaultdict[int, list[Headline]] = defaultdict(list)
    statement = select(*CARD, headlines.c.story_id).where(headlines.c.story_id.in_(ids), SHELVED)
    for row in conn.execute(statement.order_by(headlines.c.published, headlines.c.id)):
        if len(found[row.story_id]) < MOST_ENTRIES:
            found[row.story_id].append(headline(row))
    return found


def _story(row: Row[*tuple[Any, ...]], entries: list[Headline]) -> Story:
    led = sorted(entries, key=lambda entry: entry.id != row.lead_id)
    return Story(
        id=row.id,
        language=row.language,
        topic=row.topic,
        entries=tuple(led),
        sources=len({entry.source for entry in entries}),
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        version=row.version,
        changed_at=row.changed_at,
        revision=row.revision,
        score=row.score,
        quotes=None if row.quotes is None else _quotes(row.quotes),
    )


def _quotes(kept: str) -> tuple[Quoted, ...]:
    return tuple(Quoted(headline, text) for headline, text in json.loads(kept))


def _genuine(samples: bool) -> ColumnElement[bool]:
    return true() if samples else stories.c.sample.is_(False)


def _shown(language: str, samples: bool) -> ColumnElement[bool]:
    return and_(stories.c.language == language, TOLD, _genuine(samples))


def _matches(conn: Connection, language: str, word: str) -> ColumnElement[bool]:
    if not word:
        return true()
    topic = and_(stories.c.language == language, TOLD, stories.c.topic == word)
    if conn.scalar(select(stories.c.id).where(topic).limit(1)) is not None:
        return stories.c.topic == word
    here = and_(headlines.c.language == language, SHELVED)
    source = headlines.c.folded_source == word
    if conn.scalar(select(headlines.c.id).where(here, source).limit(1)) is None:
        source = matching(conn.dialect.name, headlines, word)
    return stories.c.id.in_(select(headlines.c.story_id).where(here, source))
