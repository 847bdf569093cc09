"""The shelf of jokes."""

from __future__ import annotations

from random import getrandbits
from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    Select,
    Table,
    Text,
    func,
    select,
)

from bot.models.jokes import Joke
from bot.store.folding import fold
from bot.store.schema import BigId, CleanText, Utc, count_rows, index, metadata
from bot.store.search import matching
from bot.store.votes import counted

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import ColumnElement, Row

# Retention: for good; of a removed joke its key alone stays after REMOVED_KEEP_DAYS, so that no
# seed brings it back.
# `shuffle` is a random number: the next one after any starting point is a cheap random pick. One
# that several people flagged is hidden until a moderator has looked, which settles older flags.
jokes = Table(
    "jokes",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("key", CleanText, unique=True),
    Column("language", Text, nullable=False),
    Column("category", CleanText, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("punchline", CleanText),
    Column("folded", Text, nullable=False),
    Column("shuffle", Integer, nullable=False, default=lambda: getrandbits(31)),
    Column("origin", Text, nullable=False),
    Column("seed_hash", Text),
    Column("edited_at", Utc),
    Column("removed_at", Utc),
    Column("hidden_at", Utc),
    Column("reviewed_at", Utc),
    Column("created_at", Utc, nullable=False),
)
_THERE = jokes.c.removed_at.is_(None)
SHELVED = _THERE & jokes.c.hidden_at.is_(None)
PLACE = (jokes.c.language, jokes.c.category, jokes.c.shuffle)
index("ix_jokes_language_shuffle", PLACE[0], PLACE[2], where=_THERE)
index("ix_jokes_language_category_shuffle", *PLACE, where=_THERE)
index("ix_jokes_removed_at", jokes.c.removed_at, where=~_THERE)


def with_votes() -> Select[*tuple[Any, ...]]:
    """A SELECT of whole jokes, for `joke` to read."""
    return select(
        jokes.c.id,
        jokes.c.language,
        jokes.c.category,
        jokes.c.text,
        jokes.c.punchline,
        counted("laugh", jokes.c.id),
        counted("shrug", jokes.c.id),
    )


def joke(row: Row[*tuple[Any, ...]]) -> Joke:
    """The joke in a row of `with_votes`."""
    return Joke(*row[:7])


def find(conn: Connection, joke_id: int) -> Joke | None:
    """The joke, unless it was removed."""
    row = conn.execute(with_votes().where(jokes.c.id == joke_id, SHELVED)).first()
    return joke(row) if row else None


def found(
    conn: Connection, language: str, query: str, *, offset: int, limit: int
) -> tuple[list[Joke], int]:
    """Jokes that have all words of the query, newest first, and how many there are in all."""
    here = (jokes.c.language == language, SHELVED, matching(conn.dialect.name, jokes, query))
    total = count_rows(conn, jokes, *here)
    newest = with_votes().where(*here).order_by(jokes.c.id.desc())
    return [joke(row) for row in conn.execute(newest.offset(offset).limit(limit))], total


def search(conn: Connection, language: str, word: str, limit: int) -> list[Joke]:
    """Jokes of this category or with this word in them, newest first; any for an empty word."""
    statement = with_votes().where(jokes.c.language == language, SHELVED)
    if word:
        statement = statement.where(_about(conn, language, word))
    return [joke(row) for row in conn.execute(statement.order_by(jokes.c.id.desc()).limit(limit))]


def _about(conn: Connection, language: str, word: str) -> ColumnElement[bool]:
    """A category is meant before a word is."""
    category = jokes.c.category == fold(word)
    here = select(jokes.c.id).where(jokes.c.language == language, SHELVED, category)
    if conn.scalar(here.limit(1)) is not None:
        return category
    return matching(conn.dialect.name, jokes, word)


def categories(conn: Connection, language: str) -> list[tuple[str, int]]:
    """The categories of a language, the fullest first."""
    many = func.count()
    statement = (
        select(jokes.c.category, many)
        .where(jokes.c.language == language, SHELVED)
        .group_by(jokes.c.category)
        .order_by(many.desc(), jokes.c.category)
    )
    return [(category, count) for category, count in conn.execute(statement)]
