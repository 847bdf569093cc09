"""Jokes of the shelf before a moderator: flagged ones, and those that others are like."""

from __future__ import annotations

from random import getrandbits
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Connection,
    Text,
    and_,
    cast,
    column,
    desc,
    func,
    literal,
    or_,
    select,
    table,
    update,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from bot.models.submissions import Case, Wording
from bot.store.folding import indexed
from bot.store.jokes import SHELVED, jokes
from bot.store.schema import insert
from bot.store.search import vector
from bot.store.votes import joke_flags

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row, Select

# Near-duplicates share some of their longest words.
TOKENS, CANDIDATES = 12, 30


def open_flags(conn: Connection, joke_id: int) -> int:
    """How many people flagged it since a moderator last looked."""
    found = select(func.count()).select_from(_flagged()).where(jokes.c.id == joke_id)
    return conn.scalar(found) or 0


def hide(conn: Connection, joke_id: int, now: datetime) -> None:
    """Nobody is told it until a moderator has looked."""
    here = (jokes.c.id == joke_id, jokes.c.hidden_at.is_(None))
    conn.execute(update(jokes).where(*here).values(hidden_at=now))


def keep(conn: Connection, joke_id: int, now: datetime) -> None:
    """A moderator finds nothing wrong with it."""
    values = {"hidden_at": None, "reviewed_at": now}
    conn.execute(update(jokes).where(jokes.c.id == joke_id).values(**values))


def take_down(conn: Connection, joke_id: int, now: datetime) -> None:
    """A moderator finds it wrong; no seed brings it back."""
    values = {"removed_at": now, "reviewed_at": now, "hidden_at": None}
    conn.execute(update(jokes).where(jokes.c.id == joke_id).values(**values))


def reword(conn: Connection, joke_id: int, wording: Wording, now: datetime) -> None:
    """Put other words into it; no seed takes them back."""
    values = {**_words(wording), "edited_at": now}
    conn.execute(update(jokes).where(jokes.c.id == joke_id).values(**values))


def shelve(conn: Connection, case: Case, now: datetime) -> None:
    """Put a joke that was sent in on the shelf."""
    values = {
        **_words(case.wording), "key": f"sent-{case.id}", "language": case.language,
        "category": case.category, "shuffle": getrandbits(31), "origin": "admin",
        "created_at": now,
    }  # fmt: skip
    fresh = insert(conn, jokes).values(**values)
    conn.execute(fresh.on_conflict_do_nothing(index_elements=["key"]))


def flagged(conn: Connection, after: int, limit: int) -> list[Case]:
    """Jokes with flags that nobody has looked at, by id."""
    waiting = _cases().where(jokes.c.id > after).order_by(jokes.c.id)
    return [_case(row) for row in conn.execute(waiting.limit(limit))]


def find(conn: Connection, joke_id: int) -> Case | None:
    """A joke with such flags; None once they were looked at."""
    row = conn.execute(_cases().where(jokes.c.id == joke_id)).first()
    return _case(row) if row else None


def count(conn: Connection) -> int:
    """How many wait for a look."""
    waiting = select(func.count(jokes.c.id.distinct())).select_from(_flagged())
    return conn.scalar(waiting.where(jokes.c.removed_at.is_(None))) or 0


def candidates(conn: Connection, language: str, wording: Wording) -> list[Wording]:
    """Jokes of the shelf that this one may be like: those that share the most of its words."""
    tokens = _telling(wording)
    if not tokens:
        return []
    statement = _sharing(conn.dialect.name, tokens).where(jokes.c.language == language, SHELVED)
    return [Wording(row.text, row.punchline) for row in conn.execute(statement.limit(CANDIDATES))]


def _telling(wording: Wording) -> list[str]:
    """The longest of its tokens; where all are as long, some from everywhere."""
    tokens = indexed(wording.text, wording.punchline).split()
    step = max(1, len(tokens) // (TOKENS * 2))
    return sorted(tokens[::step], key=len, reverse=True)[:TOKENS]


def _sharing(dialect: str, tokens: list[str]) -> Select[*tuple[Any, ...]]:
    found = select(jokes.c.text, jokes.c.punchline)
    if dialect == "postgresql":
        quoted = " | ".join("'" + each.replace("\\", "\\\\").replace("'", "''") + "'"
                            for each in tokens)  # fmt: skip
        said = cast(cast(literal(quoted), Text), TSQUERY)
        rank = desc(func.ts_rank(vector(jokes), said))
        return found.where(vector(jokes).op("@@")(said)).order_by(rank)
    index = table("jokes_search", column("rowid"), column("jokes_search"), column("rank"))
    said_so = index.c.jokes_search.op("MATCH")(" OR ".join(f'"{each}"' for each in tokens))
    return found.join(index, index.c.rowid == jokes.c.id).where(said_so).order_by(index.c.rank)


def _flagged() -> Any:
    unseen = or_(jokes.c.reviewed_at.is_(None), joke_flags.c.flagged_at > jokes.c.reviewed_at)
    return jokes.join(joke_flags, and_(joke_flags.c.joke_id == jokes.c.id, unseen))


def _cases() -> Select[*tuple[Any, ...]]:
    columns = (
        jokes.c.id, jokes.c.text, jokes.c.punchline, jokes.c.language, jokes.c.category,
        jokes.c.hidden_at,
    )  # fmt: skip
    first = func.min(joke_flags.c.flagged_at, type_=joke_flags.c.flagged_at.type)
    counted = select(*columns, func.count().label("flags"), first.label("since"))
    there = counted.select_from(_flagged()).where(jokes.c.removed_at.is_(None))
    return there.group_by(*columns)


def _case(row: Row[*tuple[Any, ...]]) -> Case:
    return Case(
        "flagged", row.id, Wording(row.text, row.punchline), row.language, row.category,
        row.since, flags=row.flags, hidden=row.hidden_at is not None,
    )  # fmt: skip


def _words(wording: Wording) -> dict[str, object]:
    folded = indexed(wording.text, wording.punchline)
    return {"text": wording.text, "punchline": wording.punchline, "folded": folded}
