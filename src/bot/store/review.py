"""Jokes of the shelf before a moderator: flagged ones, and those that others are like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, func, or_, select, update

from bot.models.submissions import Case, Wording
from bot.store.folding import indexed
from bot.store.jokes import SHELVED, jokes
from bot.store.schema import count_rows
from bot.store.search import with_any
from bot.store.votes import joke_flags

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row, Select

# Near-duplicates share some of their longest words.
TOKENS, CANDIDATES = 12, 30


def open_flags(conn: Connection, joke_id: int) -> int:
    """How many people flagged it since a moderator last looked."""
    return count_rows(conn, _flagged(), jokes.c.id == joke_id)


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
    here = select(jokes.c.text, jokes.c.punchline).where(jokes.c.language == language, SHELVED)
    nearest = with_any(here, conn.dialect.name, jokes, tokens)
    return [Wording(row.text, row.punchline) for row in conn.execute(nearest.limit(CANDIDATES))]


def _telling(wording: Wording) -> list[str]:
    """The longest of its tokens; where all are as long, some from everywhere."""
    tokens = indexed(wording.text, wording.punchline).split()
    step = max(1, len(tokens) // (TOKENS * 2))
    return sorted(tokens[::step], key=len, reverse=True)[:TOKENS]


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
