"""The words that tell topics apart, as the content files list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, Connection, Table, Text, delete, select

from bot.store.folding import fold
from bot.store.schema import insert, metadata

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.models.headlines import TopicWords

# Retention: as long as they stand in the content files.
topic_words = Table(
    "topic_words",
    metadata,
    Column("language", Text, primary_key=True),
    Column("word", Text, primary_key=True),
    Column("topic", Text, nullable=False),
)


def replace(conn: Connection, lists: Iterable[TopicWords]) -> None:
    """Keep these words and no others; one of two topics stays with the first."""
    conn.execute(delete(topic_words))
    rows = [
        {"language": each.language, "word": fold(word.replace("-", " ")), "topic": each.topic}
        for each in lists
        for word in each.words
    ]
    if rows:
        conn.execute(insert(conn, topic_words).on_conflict_do_nothing(), rows)


def words(conn: Connection, language: str) -> dict[str, str]:
    """The topic that each word speaks for, in lower case."""
    here = select(topic_words.c.word, topic_words.c.topic)
    return dict(conn.execute(here.where(topic_words.c.language == language)).all())
