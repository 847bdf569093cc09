"""Stories found for chats that follow their words, until the message that tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Table,
    and_,
    delete,
    exists,
    func,
    select,
)

from bot.store.chats import QUIET, chats, quiet_of
from bot.store.outbox import OPEN, outbox
from bot.store.schema import BigId, Utc, insert, metadata

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from bot.models.subscriptions import QuietHours

# Retention: until they are told, two days at most.
alerts = Table(
    "alerts",
    metadata,
    Column("chat_id", BigId, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("story_id", BigId, ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", BigInteger),
    Column("found_at", Utc, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_alerts_story_id", alerts.c.story_id)
Index("ix_alerts_found_at", alerts.c.found_at)
KIND = "alert"


class Waiting(NamedTuple):
    """A place with alerts for which no message is on its way; `zone` None if it is not known."""

    chat_id: int
    topic_id: int | None
    zone: str | None
    quiet: QuietHours | None


def note(conn: Connection, story_id: int, places: Sequence[tuple[int, int | None]],
         now: datetime) -> None:  # fmt: skip
    """A story is to be told in these places: chats, each with its forum topic."""
    rows = [{"chat_id": chat, "topic_id": topic, "story_id": story_id, "found_at": now}
            for chat, topic in places]  # fmt: skip
    if rows:
        conn.execute(insert(conn, alerts).on_conflict_do_nothing(), rows)


def waiting(conn: Connection, limit: int) -> list[Waiting]:
    """Places that nobody writes to yet."""
    here = alerts.c.topic_id.is_not_distinct_from(outbox.c.topic_id)
    its = and_(outbox.c.chat_id == alerts.c.chat_id, outbox.c.kind == KIND, here)
    under_way = exists().where(its, outbox.c.state.in_(OPEN))
    found = (
        select(alerts.c.chat_id, alerts.c.topic_id, chats.c.timezone, *QUIET)
        .join(chats, chats.c.id == alerts.c.chat_id)
        .where(chats.c.paused_at.is_(None), ~under_way)
        .distinct()
        .limit(limit)
    )
    return [
        Waiting(row.chat_id, row.topic_id, row.timezone, quiet_of(row))
        for row in conn.execute(found)
    ]


def stories_for(conn: Connection, chat_id: int, topic_id: int | None) -> list[int]:
    """The stories to be told there, the first found first."""
    here = (alerts.c.chat_id == chat_id, alerts.c.topic_id.is_not_distinct_from(topic_id))
    found = select(alerts.c.story_id).where(*here)
    return list(conn.scalars(found.order_by(alerts.c.found_at, alerts.c.story_id)))


def drop(conn: Connection, chat_id: int, stories: Collection[int]) -> None:
    """They are told, or need not be."""
    conn.execute(delete(alerts).where(alerts.c.chat_id == chat_id, alerts.c.story_id.in_(stories)))


def sent(conn: Connection, ids: Collection[int], since: datetime) -> dict[int, int]:
    """How many messages with alerts these chats got since then."""
    here = (outbox.c.kind == KIND, outbox.c.chat_id.in_(ids), outbox.c.due_at >= since)
    counted = select(outbox.c.chat_id, func.count()).where(*here)
    return dict(conn.execute(counted.group_by(outbox.c.chat_id)).all())


def purge(conn: Connection, before: datetime) -> None:
    """Drop those found before then: they are no news any more."""
    conn.execute(delete(alerts).where(alerts.c.found_at < before))
