"""Full-text search: SQLite's FTS5 or PostgreSQL's text search, kept by the databases themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Text, bindparam, cast, column, exists, false, func, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from bot.store.folding import wanted

if TYPE_CHECKING:
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


def _index(shelf: Table) -> TableClause:
    return table(f"{shelf.name}_search", column("rowid"), column(f"{shelf.name}_search"))


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
