"""News: stories as a chat gets them, those it follows first and without what it muted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.models.headlines import TOPICS
from bot.models.stories import StoryPage
from bot.news import taste
from bot.render.pages import PAGE
from bot.services import quotes, stories
from bot.store import interests, told
from bot.store import stories as rows

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from bot.child import Children
    from bot.fetch import Web
    from bot.models.chats import Chat
    from bot.models.interests import Interest
    from bot.models.stories import Story
    from bot.store.database import Connection, Database

# Nobody turns so many pages; so far a chat's own taste is looked after.
CONSIDERED = 200
CAUGHT_UP, LONGEST_ABSENCE = 7, timedelta(days=14)
READ_AHEAD = 10


async def page(
    db: Database,
    children: Children,
    chat: Chat,
    language: str,
    *,
    now: datetime,
    wanted: str = "",
    offset: int = 0,
    samples: bool = False,
    web: Web | None = None,
) -> StoryPage:
    """A page of stories with their quotes; the chat counts as told of them from then on."""

    def work(conn: Connection) -> tuple[StoryPage, set[int]]:
        liked = interests.of(conn, chat.id, now)
        found, total = _found(conn, language, liked, wanted, offset, samples=samples)
        known = told.versions(conn, chat.id, [story.id for story in found])
        news = {story.id for story in found if known.get(story.id, 0) < story.version}
        counts = rows.languages(conn, samples, wanted if wanted in TOPICS else "")
        elsewhere = {other: count for other, count in counts.items() if other != language}
        updated = frozenset(news & known.keys())
        return StoryPage(tuple(found), total, offset, wanted, language, updated, elsewhere), news

    found, news = await db.read(work)
    read = await quotes.of_stories(db, children, found.stories, web)
    if news:
        await stories.tell(db, chat, [story for story in read if story.id in news], now)
    return replace(found, stories=read)


async def since_then(
    db: Database,
    language: str,
    moment: datetime,
    *,
    topics: Collection[str] = (),
    samples: bool = False,
) -> tuple[Story, ...]:
    """The best stories with news since then, of these `topics` only if any."""
    found, _ = await db.read(
        rows.page, language, wanted=None, samples=samples, offset=0, limit=CONSIDERED
    )
    new = [story for story in found if story.changed_at >= moment]
    return tuple(story for story in new if not topics or story.topic in topics)


def choose(
    conn: Connection,
    chat_id: int,
    found: Sequence[Story],
    now: datetime,
    *,
    most: int,
    followed: bool = False,
) -> list[tuple[Story, bool]]:
    """Of these what a chat likes best and was not told, or only what it follows; the second value
    says that it is an update of what it was told.
    """
    interests_ = interests.of(conn, chat_id, now)
    liked = _by_taste(found, interests_)
    if followed:
        liked = [story for story in liked if taste.followed(story, interests_)]
    return stories.untold(conn, chat_id, liked)[:most]


async def catch_up(
    db: Database,
    children: Children,
    chat: Chat,
    *,
    now: datetime,
    samples: bool = False,
    web: Web | None = None,
) -> tuple[datetime | None, tuple[tuple[Story, bool], ...], int]:
    """Since when the chat has not looked, the best of what it missed, and how much more it is.

    Who never looked (None) gets the best of the last day.
    """
    last = await db.read(told.last_told, chat.id)
    since = max(last, now - LONGEST_ABSENCE) if last else now - timedelta(days=1)
    found, _ = await db.read(
        rows.page, chat.language, wanted=None, samples=samples, offset=0, limit=CONSIDERED
    )
    fresh = [story for story in found if samples or story.changed_at >= since]
    missed = await db.read(choose, chat.id, fresh, now, most=CONSIDERED)
    read = await quotes.of_stories(db, children, [story for story, _ in missed[:CAUGHT_UP]], web)
    await stories.tell(db, chat, read, now)
    told_now = tuple((story, update) for story, (_, update) in zip(read, missed, strict=False))
    return since if last else None, told_now, len(missed) - len(read)


async def topics(db: Database, language: str, *, samples: bool = False) -> list[tuple[str, int]]:
    """Topics that have stories, with their number."""
    return await db.read(rows.topics, language, samples)


async def read_ahead(db: Database, children: Children, *, samples: bool = False) -> None:
    """Choose the quotes of the stories that people will see first."""
    for language in await db.read(rows.languages, samples):
        found, _ = await db.read(
            rows.page, language, wanted=None, samples=samples, offset=0, limit=READ_AHEAD
        )
        await quotes.of_stories(db, children, found)


def _found(
    conn: Connection,
    language: str,
    liked: Sequence[Interest],
    wanted: str,
    offset: int,
    *,
    samples: bool,
) -> tuple[list[Story], int]:
    if not liked:
        return rows.page(
            conn, language, wanted=wanted or None, samples=samples, offset=offset, limit=PAGE
        )
    found, _ = rows.page(
        conn, language, wanted=wanted or None, samples=samples, offset=0, limit=CONSIDERED
    )
    ordered = _by_taste(found, liked)
    return ordered[offset : offset + PAGE], len(ordered)


def _by_taste(found: Sequence[Story], liked: Sequence[Interest]) -> list[Story]:
    """Without what the chat muted; stories of the same score as the shelf has them."""
    kept = [story for story in found if not taste.muted(story, liked)]
    return sorted(kept, key=lambda story: -taste.score(story, liked))
