"""Terms by which stories are found, and how common each term is of late."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    Table,
    Text,
    any_,
    bindparam,
    cast,
    delete,
    func,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY

from bot.store.schema import BigId, insert, metadata

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy import BindParameter, ColumnElement, Select
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


def counts(conn: Connection, pool: str, terms: Collection[int]) -> dict[int, int]:
    """How many entries had each of the terms, and under TOTAL how many there were in all."""
    dialect = conn.dialect.name
    wish = {"pool": pool, "terms": as_one(dialect, [*terms, TOTAL])}
    return dict(conn.execute(_counts(dialect), wish).all())


def add_counts(conn: Connection, pool: str, more: Mapping[int, int]) -> None:
    """Count so many entries more with each term."""
    its: dict[str, object] = {"pool": pool, "more": json.dumps(more)}
    if conn.dialect.name == "postgresql":
        its.update(terms=list(more), more=list(more.values()))
    conn.execute(_add_counts(conn.dialect.name), its)


def halve_counts(conn: Connection, pool: str) -> None:
    """Forget half, and altogether what came up but once."""
    here = term_counts.c.pool == pool
    conn.execute(delete(term_counts).where(here, term_counts.c.entries < 2))
    conn.execute(update(term_counts).where(here).values(entries=term_counts.c.entries // 2))


def post(conn: Connection, story_id: int, day: int, terms: Iterable[int]) -> None:
    """Let the story be found by these terms of an entry of that day."""
    dialect = conn.dialect.name
    its = {"day": day, "story": story_id, "terms": as_one(dialect, list(terms))}
    conn.execute(_post(dialect), its)


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


def as_one(dialect: str, numbers: Collection[int]) -> object:
    """Numbers as one value of a statement: a thousand values take longer than what is done."""
    return list(numbers) if dialect == "postgresql" else json.dumps(list(numbers))


# Statements are built once: that takes longer than running them.


@cache
def most_shared(dialect: str) -> Select[int]:
    """The numbers of the `most` stories of `days` that have the most of `terms`."""
    here = (_among(dialect, story_terms.c.day, "days"),
            _among(dialect, story_terms.c.term, "terms"))  # fmt: skip
    shared = func.count(story_terms.c.term.distinct())
    return (
        select(story_terms.c.story_id)
        .where(*here)
        .group_by(story_terms.c.story_id)
        .order_by(shared.desc(), story_terms.c.story_id.desc())
        .limit(bindparam("most", type_=Integer))
    )


@cache
def _counts(dialect: str) -> Select[int, int]:
    here = (term_counts.c.pool == bindparam("pool"), _among(dialect, term_counts.c.term, "terms"))
    return select(term_counts.c.term, term_counts.c.entries).where(*here)


@cache
def _add_counts(dialect: str) -> Insert:
    pool, row = bindparam("pool", type_=Text), insert(dialect, term_counts)
    if dialect == "postgresql":
        rows = select(pool, func.unnest(_array("terms")), func.unnest(_array("more")))
    else:
        pairs = func.json_each(bindparam("more")).table_valued("key", "value")
        rows = select(pool, cast(pairs.c.key, BigInteger), pairs.c.value).where(true())
    total = term_counts.c.entries + row.excluded.entries
    filled = row.from_select(["pool", "term", "entries"], rows)
    return filled.on_conflict_do_update(index_elements=["pool", "term"], set_={"entries": total})


@cache
def _post(dialect: str) -> Insert:
    day, story = bindparam("day", type_=Integer), bindparam("story", type_=BigInteger)
    if dialect == "postgresql":
        rows = select(day, func.unnest(_array("terms")), story)
    else:
        each = func.json_each(bindparam("terms")).table_valued("value")
        rows = select(day, each.c.value, story).where(true())
    filled = insert(dialect, story_terms).from_select(["day", "term", "story_id"], rows)
    return filled.on_conflict_do_nothing()


def _among(dialect: str, column: Column[int], name: str) -> ColumnElement[bool]:
    """One of the numbers that `as_one` made one value of."""
    if dialect == "postgresql":
        return column == any_(_array(name))
    each = func.json_each(bindparam(name)).table_valued("value")
    return column.in_(select(each.c.value))


def _array(name: str) -> BindParameter[Any]:
    return bindparam(name, type_=ARRAY(BigInteger))
