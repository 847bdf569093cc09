"""Full-text search: SQLite's FTS5 or PostgreSQL's text search, kept by the databases themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Text,
    bindparam,
    cast,
    column,
    exists,
    false,
    func,
    literal,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from bot.store.folding import wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import BindParameter, ColumnElement, Select, Table, TableClause


def matching(dialect: str, shelf: Table, query: str) -> ColumnElement[bool]:
    """Whether a row of this shelf has all words of the query; none has those of an empty one."""
    said = asked(dialect, query)
    return matches(dialect, shelf, bindparam(None, said)) if said else false()


def matches(dialect: str, shelf: Table, said: BindParameter[str]) -> ColumnElement[bool]:
    """The same for a query that `asked` wrote, which is not empty."""
    if dialect == "postgresql":
        return vector(shelf).op("@@")(cast(cast(said, Text), TSQUERY))
    index = _index(shelf)
    found = select(index.c.rowid).where(index.c[index.name].op("MATCH")(said))
    return shelf.c.id.in_(found)


def some_matching(
    dialect: str, shelf: Table, said: BindParameter[str], fits: ColumnElement[bool], most: int
) -> Select[int]:
    """The ids of so many rows that match and fit; not all that match are looked at."""
    if dialect == "postgresql":
        return select(shelf.c.id).where(matches(dialect, shelf, said), fits).limit(most)
    index = _index(shelf)
    match = index.c[index.name].op("MATCH")(said)
    return (
        select(index.c.rowid)
        .where(match, exists().where(shelf.c.id == index.c.rowid, fits))
        .limit(most)
    )


def with_any(
    found: Select[*tuple[Any, ...]], dialect: str, shelf: Table, tokens: Sequence[str]
) -> Select[*tuple[Any, ...]]:
    """Of what is `found` on this shelf, the rows with any of the tokens, the best match first."""
    if dialect == "postgresql":
        said = cast(cast(literal(" | ".join(map(_quoted, tokens))), Text), TSQUERY)
        rank = func.ts_rank(vector(shelf), said)
        return found.where(vector(shelf).op("@@")(said)).order_by(rank.desc())
    index = _index(shelf)
    match = index.c[index.name].op("MATCH")(" OR ".join(f'"{each}"' for each in tokens))
    return found.join(index, index.c.rowid == shelf.c.id).where(match).order_by(index.c.rank)


def _index(shelf: Table) -> TableClause:
    name = f"{shelf.name}_search"
    return table(name, column("rowid"), column(name), column("rank"))


def vector(shelf: Table) -> ColumnElement[object]:
    """What PostgreSQL's index is over, word for word."""
    tokens = func.array_remove(func.string_to_array(shelf.c.folded, " "), "")
    return func.array_to_tsvector(tokens)


def asked(dialect: str, query: str, *, whole: bool = False) -> str:
    """The query in the database's own words; empty if nothing in it can be searched for. `whole`
    words may not only begin so: that is far quicker for a common one.
    """
    tokens = [(token, begins and not whole) for token, begins in wanted(query)]
    if dialect == "postgresql":
        return " & ".join(_quoted(token) + (":*" if begins else "") for token, begins in tokens)
    return " ".join(f'"{token}"' + ("*" if begins else "") for token, begins in tokens)


def _quoted(token: str) -> str:
    doubled = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"
