"""Stories: headlines about the same event are found together and told once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.config import HEADLINE_KEEP_DAYS
from bot.errors import UserError
from bot.render.saved import STORY_GONE
from bot.services.placing import Placed, place, sketches_of
from bot.store import clusters, terms, told
from bot.store import stories as rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.models.chats import Chat
    from bot.models.stories import Story
    from bot.store.database import Connection, Database

# So many at once keep nobody else's write waiting for long.
AT_ONCE = 16
POSTINGS_AT_ONCE = 20_000
# Longer than a story may pause, with some days for feeds that come late.
POSTING_DAYS = 8


async def place_due(db: Database, now: datetime, *, most: int | None = None) -> Placed:
    """Bring the stories in line with the headlines that are new, changed or gone.

    Each few in a transaction of their own, `most` headlines at most; the others keep.
    """
    done, left = Placed(), most
    while left is None or left > 0:
        found = await db.read(clusters.due, AT_ONCE if left is None else min(AT_ONCE, left))
        sketches = await asyncio.to_thread(sketches_of, found)
        placed = await db.write(place, found, sketches, now) if found else Placed()
        if placed == Placed():
            break
        done += placed
        left = None if left is None else left - len(found)
    return done


async def tidy(db: Database, now: datetime) -> None:
    """What is too old to be found is no longer looked through."""
    await db.write(terms.drop_postings, now.toordinal() - POSTING_DAYS, POSTINGS_AT_ONCE)


async def find(db: Database, story_id: int) -> Story:
    """The story, or the one it became part of; a UserError if it is no longer kept."""
    found = await db.read(rows.find, story_id)
    if found is None:
        raise UserError(STORY_GONE, n=HEADLINE_KEEP_DAYS)
    return found


def untold(conn: Connection, chat_id: int, stories: Sequence[Story]) -> list[tuple[Story, bool]]:
    """Of these stories those that a chat was not told yet, or that really changed since.

    The second value says that it is an update. Who tells them says so with `tell` or `note`.
    """
    known = told.versions(conn, chat_id, [story.id for story in stories])
    return [
        (story, story.id in known) for story in stories if story.version > known.get(story.id, 0)
    ]


async def tell(db: Database, chat: Chat, stories: Sequence[Story], now: datetime) -> None:
    """Note that the chat was told these stories as they are now."""
    await db.write(note, chat.id, stories, now)


def note(conn: Connection, chat_id: int, stories: Sequence[Story], now: datetime) -> None:
    """The same, as a part of a transaction."""
    told.tell(conn, chat_id, {story.id: story.version for story in stories}, now)
