"""Which chat was told which story, and how far it had come then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Table,
    case,
    delete,
    func,
    literal,
    select,
)

from bot.store.schema import BigId, Utc, insert, metadata

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from bot.models.stories import Centroid

# Retention: as long as both the chat's own row and the story's.
told_stories = Table(
    "told_stories",
    metadata,
    Column("chat_id", BigId, ForeignKey("chats.id", ondelete="CASCADE"), primary_key=True),
    Column("story_id", BigId, ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("told_at", Utc, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_told_stories_story_id", told_stories.c.story_id)


def tell(conn: Connection, chat_id: int, versions: Mapping[int, int], now: datetime) -> None:
    """Note that a chat was told these stories, each as of this version."""
    row = insert(conn, told_stories)
    again = row.on_conflict_do_update(
        index_elements=["chat_id", "story_id"],
        set_={"version": row.excluded.version, "told_at": row.excluded.told_at},
        where=told_stories.c.version <= row.excluded.version,
    )
    rows = [
        {"chat_id": chat_id, "story_id": story, "version": version, "told_at": now}
        for story, version in versions.items()
    ]
    if rows:
        conn.execute(again, rows)


def versions(conn: Connection, chat_id: int, ids: Collection[int]) -> dict[int, int]:
    """Of these stories those that the chat was told, each as of its version then."""
    here = (told_stories.c.chat_id == chat_id, told_stories.c.story_id.in_(ids))
    rows = conn.execute(select(told_stories.c.story_id, told_stories.c.version).where(*here))
    return dict(rows.all())


def versions_of(conn: Connection, story_id: int, ids: Collection[int]) -> dict[int, int]:
    """Of these chats those that were told the story, each with its version then."""
    here = (told_stories.c.story_id == story_id, told_stories.c.chat_id.in_(ids))
    rows = conn.execute(select(told_stories.c.chat_id, told_stories.c.version).where(*here))
    return dict(rows.all())


def last_told(conn: Connection, chat_id: int) -> datetime | None:
    """When the chat was told a story last."""
    newest = select(func.max(told_stories.c.told_at, type_=Utc))
    found: datetime | None = conn.scalar(newest.where(told_stories.c.chat_id == chat_id))
    return found


def absorb(conn: Connection, story: Centroid, into: Centroid) -> None:
    """Who was told a story was told the one it became part of.

    Who had missed a change of it has missed one of the whole.
    """
    up_to_date = told_stories.c.version >= story.version
    version = case((up_to_date, into.version), else_=into.version - 1)
    here = told_stories.c.story_id == story.id
    theirs = select(told_stories.c.chat_id, literal(into.id), version, told_stories.c.told_at)
    row = insert(conn, told_stories)
    moved = row.from_select(["chat_id", "story_id", "version", "told_at"], theirs.where(here))
    conn.execute(moved.on_conflict_do_nothing(index_elements=["chat_id", "story_id"]))
    conn.execute(delete(told_stories).where(here))
