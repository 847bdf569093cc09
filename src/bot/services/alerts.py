"""Alerts: a story goes to the chats that follow one of its words, soon after it appears."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from bot.config import ALERTS_A_DAY
from bot.news import taste
from bot.render import alerts as render
from bot.schedule.quiet import held_until
from bot.services import quotes, saved, stories
from bot.store import alerts as rows
from bot.store import chats, interests, outbox, told
from bot.store import stories as shelf
from bot.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.child import Children
    from bot.fetch import Web
    from bot.models.deliveries import Delivery
    from bot.models.messages import Message
    from bot.models.stories import Story
    from bot.services.outbox import Compose
    from bot.store.database import Connection, Database
    from bot.store.interests import Follower

# So many stories, chats and messages are looked at in one transaction.
STORIES_AT_ONCE, CHATS_AT_ONCE, POSTED_AT_ONCE = 20, 500, 500
# What comes together, or waits for a quiet night's end, is one message of so many stories.
STORIES_IN_ONE = 5
DAY = timedelta(days=1)


async def post_due(db: Database, now: datetime, zone: str, *, samples: bool = False) -> int:
    """Find who follows what is new, and post their messages; how many.

    `zone` is that of chats that did not say where they are.
    """
    while await db.write(_find, now, samples=samples):
        pass
    posted = 0
    while some := await db.write(_post, now, zone):
        posted += some
    return posted


async def composer(
    db: Database, children: Children, web: Web, taken: Sequence[Delivery]
) -> Compose:
    """What writes these messages inside a transaction; their stories are quoted before."""
    found: dict[int, tuple[Story, ...]] = {}
    for delivery in taken:
        if delivery.kind != rows.KIND or delivery.payload is not None:
            continue
        ids = await db.read(rows.stories_for, delivery.chat_id, delivery.topic_id)
        kept = [story for each in ids if (story := await db.read(shelf.find, each))]
        found[delivery.id] = await quotes.of_stories(db, children, kept, web)

    def compose(conn: Connection, delivery: Delivery, now: datetime) -> Message | None:
        return _compose(conn, delivery.chat_id, found[delivery.id], now)

    return compose


def _compose(
    conn: Connection, chat_id: int, found: Sequence[Story], now: datetime
) -> Message | None:
    """The message; None if the chat was told all of it meanwhile, or follows it no more.

    More than fits stands in the news all the same.
    """
    rows.drop(conn, chat_id, [story.id for story in found])
    liked = interests.of(conn, chat_id, now)
    wanted = [
        (story, update, interest)
        for story, update in stories.untold(conn, chat_id, found)
        if (interest := taste.followed(story, liked)) and not taste.muted(story, liked)
    ][:STORIES_IN_ONE]
    language = chats.language(conn, chat_id)
    if not wanted or language is None:
        return None
    stories.note(conn, chat_id, [story for story, _, _ in wanted], now)
    message = render.message(wanted, Texts(language), now)
    return replace(message, keyboard=saved.star(conn, chat_id, message.keyboard))


def _find(conn: Connection, now: datetime, *, samples: bool) -> int:
    """Note who is to hear of the stories that are new or changed; how many stories."""
    found = shelf.unalerted(conn, STORIES_AT_ONCE, samples=samples)
    for story in found:
        names = set[str]().union(*(taste.names_in(entry.title) for entry in story.entries))
        followers = interests.followers(conn, names, story.language, now)
        # Who follows something now wants what comes from now on; samples are of any year.
        asked = [each for each in followers if samples or each.since <= story.changed_at]
        for start in range(0, len(asked), CHATS_AT_ONCE):
            some = asked[start : start + CHATS_AT_ONCE]
            rows.note(conn, story.id, _willing(conn, story, some, now), now)
    shelf.set_alerted(conn, found)
    return len(found)


def _willing(
    conn: Connection, story: Story, followers: Sequence[Follower], now: datetime
) -> list[tuple[int, int | None]]:
    """Those who don't know the story yet, don't mute it, and did not get too many today."""
    ids = {each.chat_id for each in followers}
    known = told.versions_of(conn, story.id, ids)
    sent = rows.sent(conn, ids, now - DAY)
    mutes = interests.mutes(conn, ids, now)
    return [
        (each.chat_id, each.topic_id)
        for each in followers
        if taste.fits(each.interest, story)
        and known.get(each.chat_id, 0) < story.version
        and sent.get(each.chat_id, 0) < ALERTS_A_DAY
        and not taste.muted(story, mutes.get(each.chat_id, ()))
    ]


def _post(conn: Connection, now: datetime, zone: str) -> int:
    """One message for each place with alerts, when its quiet hours are over."""
    found = rows.waiting(conn, POSTED_AT_ONCE)
    messages = [
        {
            # What is under way to a place is looked up: no key can come twice.
            "key": f"alert/{uuid4().hex}",
            "kind": rows.KIND, "chat_id": each.chat_id, "topic_id": each.topic_id,
            "day": now.date(), "due_at": now,
            "not_before": held_until(now, each.quiet, each.zone or zone),
        }
        for each in found
    ]  # fmt: skip
    outbox.post(conn, messages)
    return len(found)
