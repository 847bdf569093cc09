"""What chats follow and mute: each word, source or topic of a chat is either, or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    or_,
    select,
)

from bot.models.interests import Interest
from bot.store.folding import fold
from bot.store.schema import BigId, CleanText, Utc, insert, metadata

if TYPE_CHECKING:
    from datetime import datetime

# Retention: until it ends, as long as the chat's own row.
interests = Table(
    "interests",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("chat_id", BigId, ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
    Column("what", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", CleanText, nullable=False),
    Column("until", Utc),
    Column("created_at", Utc, nullable=False),
    UniqueConstraint("chat_id", "what", "folded"),
)
KEY = ("chat_id", "what", "folded")
SHOWN = (
    interests.c.kind,
    interests.c.what,
    interests.c.name,
    interests.c.until,
    interests.c.id,
)


def put(conn: Connection, chat_id: int, interest: Interest, now: datetime) -> Interest:
    """Follow or mute it from now on; the last word counts. As it is kept, with its number."""
    values = {"kind": interest.kind, "name": interest.name, "until": interest.until,
              "created_at": now}  # fmt: skip
    key = {"chat_id": chat_id, "what": interest.what, "folded": fold(interest.name)}
    fresh = insert(conn, interests).values(**key, **values)
    kept = fresh.on_conflict_do_update(index_elements=KEY, set_=values).returning(*SHOWN)
    return Interest(*conn.execute(kept).one())


def drop(conn: Connection, chat_id: int, interest_id: int) -> Interest | None:
    """Neither follow nor mute it; what it was, None if the chat has no such thing."""
    here = (interests.c.id == interest_id, interests.c.chat_id == chat_id)
    row = conn.execute(delete(interests).where(*here).returning(*SHOWN)).first()
    return Interest(*row) if row else None


def of(conn: Connection, chat_id: int, now: datetime) -> list[Interest]:
    """What a chat follows and mutes now, the oldest first."""
    valid = or_(interests.c.until.is_(None), interests.c.until > now)
    here = select(*SHOWN).where(interests.c.chat_id == chat_id, valid)
    return [Interest(*row) for row in conn.execute(here.order_by(interests.c.id))]


def count(conn: Connection, chat_id: int) -> int:
    """How many a chat has, those that ended included."""
    here = select(func.count()).select_from(interests).where(interests.c.chat_id == chat_id)
    return conn.scalar(here) or 0


def purge(conn: Connection, now: datetime) -> None:
    """Drop those that ended."""
    conn.execute(delete(interests).where(interests.c.until <= now))
