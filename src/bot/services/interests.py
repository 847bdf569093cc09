"""Following and muting: words, sources and topics of a chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.child import tasks
from bot.config import INTERESTS_PER_CHAT
from bot.errors import UserError
from bot.models.headlines import TOPICS
from bot.models.interests import Interest
from bot.news import taste
from bot.store import headlines
from bot.store import interests as rows

if TYPE_CHECKING:
    from datetime import datetime

    from bot.child import Children
    from bot.models.interests import Kind
    from bot.models.stories import Story
    from bot.store.database import Connection, Database

WORDS_OFFERED = 3


async def put(
    db: Database,
    chat_id: int,
    interest: Interest,
    now: datetime,
    *,
    days: int | None = None,
    topic_id: int | None = None,
) -> Interest:
    """Follow or mute something, for `days` or for good; a UserError if there are too many.

    Its news comes to the forum topic `topic_id`.
    """
    until = now + timedelta(days=days) if days else None

    def work(conn: Connection) -> Interest:
        if rows.count(conn, chat_id) >= INTERESTS_PER_CHAT:
            raise UserError(
                "That would be more than {n}: please end some first.", n=INTERESTS_PER_CHAT
            )
        return rows.put(conn, chat_id, replace(interest, until=until), now, topic_id)

    return await db.write(work)


async def end(db: Database, chat_id: int, interest_id: int) -> Interest | None:
    """Neither follow nor mute it any more; what it was, None if that had ended already."""
    return await db.write(rows.drop, chat_id, interest_id)


async def of(db: Database, chat_id: int, now: datetime) -> list[Interest]:
    """What a chat follows and mutes."""
    return await db.read(rows.of, chat_id, now)


async def followed(db: Database, chat_id: int, story: Story, now: datetime) -> Interest | None:
    """What of a story a chat follows, if it does."""
    return taste.followed(story, await of(db, chat_id, now))


async def named(db: Database, kind: Kind, language: str, name: str) -> Interest:
    """What somebody means by a name: a topic, a source that has headlines, or else a word."""
    if name.lower() in TOPICS:
        return Interest(kind, "topic", name.lower())
    source = await db.read(headlines.source_named, language, name)
    return Interest(kind, "source", source) if source else Interest(kind, "word", name)


async def words(children: Children, story: Story) -> tuple[str, ...]:
    """Words of a story's titles that one may follow or mute: what all tell of it goes first."""
    titles = "\n".join(entry.title for entry in story.entries)
    return await children.run(tasks.words_of, titles, story.language, WORDS_OFFERED)
