"""What chats follow and mute: words, sources, topics. What is followed may be muted for a while."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
    delete,
    or_,
    select,
    update,
)

from bot.models.interests import Interest
from bot.store.chats import chats
from bot.store.folding import fold
from bot.store.schema import BigId, CleanText, Utc, count_rows, index, insert, metadata

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import ColumnElement

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
    Column("topic_id", BigInteger),
    Column("created_at", Utc, nullable=False),
    UniqueConstraint("chat_id", "what", "folded", "kind"),
)
Index("ix_interests_folded", interests.c.what, interests.c.folded)
index("ix_interests_until", interests.c.until, where=interests.c.until.is_not(None))
# So many values may be bound at once on both databases.
BOUND = 5_000
KEY = ("chat_id", "what", "folded", "kind")
SHOWN = (
    interests.c.kind,
    interests.c.what,
    interests.c.name,
    interests.c.until,
    interests.c.id,
)


class Follower(NamedTuple):
    """Who follows a word, in which forum topic, and since when."""

    chat_id: int
    topic_id: int | None
    since: datetime
    interest: Interest


def put(
    conn: Connection, chat_id: int, interest: Interest, now: datetime, topic_id: int | None = None
) -> Interest:
    """Follow or mute it from now on; the last word counts, but what is muted until a day is
    followed again after it. As it is kept, with its number.

    `topic_id` is the forum topic where it was said.
    """
    values = {"name": interest.name, "until": interest.until, "topic_id": topic_id,
              "created_at": now}  # fmt: skip
    key = {"chat_id": chat_id, "what": interest.what, "folded": fold(interest.name),
           "kind": interest.kind}  # fmt: skip
    if interest.kind == "follow" or interest.until is None:
        same = (interests.c[name] == value for name, value in key.items() if name != "kind")
        conn.execute(delete(interests).where(*same, interests.c.kind != interest.kind))
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
    here = select(*SHOWN).where(interests.c.chat_id == chat_id, _valid(now))
    return [Interest(*row) for row in conn.execute(here.order_by(interests.c.id))]


def followers(
    conn: Connection, names: Collection[str], language: str, now: datetime
) -> list[Follower]:
    """Who follows one of these words in lower case, of the chats that read news in a language."""
    found: list[Follower] = []
    wanted = sorted(names)
    for start in range(0, len(wanted), BOUND):
        some = wanted[start : start + BOUND]
        words = (interests.c.what == "word", interests.c.folded.in_(some))
        reading = (chats.c.language == language, chats.c.paused_at.is_(None))
        rows = (
            select(interests.c.chat_id, interests.c.topic_id, interests.c.created_at, *SHOWN)
            .join(chats, chats.c.id == interests.c.chat_id)
            .where(*words, interests.c.kind == "follow", _valid(now), *reading)
        )
        found += [Follower(*row[:3], Interest(*row[3:])) for row in conn.execute(rows)]
    return found


def mutes(conn: Connection, ids: Collection[int], now: datetime) -> dict[int, list[Interest]]:
    """What each of these chats does not want to hear of."""
    here = (interests.c.chat_id.in_(ids), interests.c.kind == "mute", _valid(now))
    found: defaultdict[int, list[Interest]] = defaultdict(list)
    for row in conn.execute(select(interests.c.chat_id, *SHOWN).where(*here)):
        found[row.chat_id].append(Interest(*row[1:]))
    return found


def having(conn: Connection, ids: Collection[int]) -> set[int]:
    """Of these chats those that follow or mute anything."""
    here = select(interests.c.chat_id).where(interests.c.chat_id.in_(ids))
    return set(conn.scalars(here.distinct()))


def leave_topic(conn: Connection, chat_id: int, topic_id: int | None) -> None:
    """A forum's topic is gone: what was followed there is followed by the chat at large."""
    here = (interests.c.chat_id == chat_id, interests.c.topic_id == topic_id)
    conn.execute(update(interests).where(*here).values(topic_id=None))


def count(conn: Connection, chat_id: int) -> int:
    """How many a chat has, those that ended included."""
    return count_rows(conn, interests, interests.c.chat_id == chat_id)


def purge(conn: Connection, now: datetime) -> None:
    """Drop those that ended."""
    conn.execute(delete(interests).where(interests.c.until <= now))


def _valid(now: datetime) -> ColumnElement[bool]:
    return or_(interests.c.until.is_(None), interests.c.until > now)
