"""Votes of moderators: how many have to agree about what waits, and who has agreed so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models.roles import may
from bot.services import roles
from bot.store import submissions as rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.models.submissions import Case
    from bot.store.database import Connection, Database


async def needed(db: Database, owners: Iterable[int], wanted: int) -> int:
    """How many must agree: never more than there are to do so."""
    staff = await roles.everybody(db, owners)
    moderators = sum(may(role, "moderator") for role in staff.values())
    return max(1, min(wanted, moderators))


async def cast(db: Database, case: Case) -> dict[str, int]:
    """How many voted for what."""
    return await db.read(rows.votes, case.key)


def left(conn: Connection, key: str, verdict: str, by: int, now: datetime, votes: int) -> int:
    """How many more have to agree with this vote, in somebody's transaction."""
    return max(0, votes - rows.vote(conn, key, by, verdict, now))
