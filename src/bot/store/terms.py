"""Terms by which stories are found, and how common each term is of late."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    Table,
    Text,
    bindparam,
    delete,
    func,
    select,
    update,
)

from bot.store.schema import BigId, insert, metadata

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from sqlalchemy import BindParameter, Select
    from sqlalchemy.dialects import postgresql, sqlite

    Insert = postgresql.Insert | sqlite.Insert

# The strongest terms of each entry and the story it belongs to, by the day it came out.
# Retention: a week, see `drop_postings`.
story_terms = Table(
    "story_terms",
    metadata,
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    Column("story_id", BigId, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
# How many entries of late had a term, the term TOTAL how many there were. Of a busy pool a sample
# is counted, and all counts are halved when it has grown to twice what is needed: what is not seen
# again is forgotten. Retention: until then.
term_counts = Table(
    "term_counts",
    metadata,
    Column("pool", Text, primary_key=True),
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    Column("entries", Integer, nullable=False),
    sqlite_with_rowid=False,
)
TOTAL = -1
# SQLite takes no more values in one statement.
AT_ONCE = 1000


def counts(conn: Connection, pool: str, terms: Collection[int]) -> dict[int, int]:
    """How many entries had each of the terms, and under TOTAL how many there were in all."""
    found: dict[int, int] = {}
    for some in _chunks([*terms, TOTAL]):
        rows = conn.execute(_counts(), {"pool": pool, "terms": some})
        found.update(rows.all())
    return found


def add_counts(conn: Connection, pool: str, more: Mapping[int, int]) -> None:
    """Count so many entries more with each term."""
    rows = [{"pool": pool, "term": term, "entries": n} for term, n in sorted(more.items())]
    if rows:
        conn.execute(_add_counts(conn.dialect.name), rows)


def halve_counts(conn: Connection, pool: str) -> None:
    """Forget half, and altogether what came up but once."""
    here = term_counts.c.pool == pool
    conn.execute(delete(term_counts).where(here, term_counts.c.entries < 2))
    conn.execute(update(term_counts).where(here).values(entries=term_counts.c.entries // 2))


def post(conn: Connection, story_id: int, day: int, terms: Iterable[int]) -> None:
    """Let the story be found by these terms of an entry of that day."""
    rows = [{"day": day, "term": term, "story_id": story_id} for term in sorted(terms)]
    if rows:
        conn.execute(_post(conn.dialect.name), rows)


def drop_postings(conn: Connection, before: int, limit: int) -> int:
    """Stories of days before that are found no more; at most about so many rows, how many."""
    day = conn.scalar(select(func.min(story_terms.c.day)))
    if day is None or day >= before:
        return 0
    here = story_terms.c.day == day
    beyond = select(story_terms.c.term).where(here).order_by(story_terms.c.term)
    term = conn.scalar(beyond.offset(limit).limit(1))
    some = delete(story_terms).where(here)
    if term is not None:
        some = some.where(story_terms.c.term <= term)
    return conn.execute(some).rowcount


# Statements are built once: that takes longer than running them.


@cache
def most_shared() -> Select[int]:
    """The numbers of the `most` stories of `days` that have the most of `terms`."""
    here = (story_terms.c.day.in_(_list("days")), story_terms.c.term.in_(_list("terms")))
    shared = func.count(story_terms.c.term.distinct())
    return (
        select(story_terms.c.story_id)
        .where(*here)
        .group_by(story_terms.c.story_id)
        .order_by(shared.desc(), story_terms.c.story_id.desc())
        .limit(bindparam("most", type_=Integer))
    )


@cache
def _counts() -> Select[int, int]:
    here = (term_counts.c.pool == bindparam("pool"), term_counts.c.term.in_(_list("terms")))
    return select(term_counts.c.term, term_counts.c.entries).where(*here)


@cache
def _add_counts(dialect: str) -> Insert:
    row = insert(dialect, term_counts)
    total = term_counts.c.entries + row.excluded.entries
    return row.on_conflict_do_update(index_elements=["pool", "term"], set_={"entries": total})


@cache
def _post(dialect: str) -> Insert:
    return insert(dialect, story_terms).on_conflict_do_nothing()


def _chunks(terms: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(terms), AT_ONCE):
        yield terms[start : start + AT_ONCE]


def _list(name: str) -> BindParameter[Any]:
    return bindparam(name, expanding=True)
