"""Forgets what has served: answered updates, sent messages, summaries, last month's news."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.config import (
    ACTS_KEEP_DAYS,
    AUDIT_KEEP_DAYS,
    DRAFT_KEEP_DAYS,
    FAILED_KEEP_DAYS,
    HEADLINE_KEEP_DAYS,
    INBOX_KEEP_HOURS,
    OUTBOX_KEEP_HOURS,
    REMOVED_KEEP_DAYS,
    SUMMARY_KEEP_DAYS,
)
from bot.services import importing, submissions
from bot.store import (
    acts,
    alerts,
    chats,
    drafts,
    feeds,
    headlines,
    imports,
    inbox,
    interests,
    items,
    outbox,
    roles,
    stories,
    subscriptions,
    summaries,
)

if TYPE_CHECKING:
    from datetime import datetime

    from bot.store.database import Database

# So many at once hold up nobody else's write for long.
HEADLINES_AT_ONCE = 500
MESSAGES_AT_ONCE = 1_000


async def run(db: Database, now: datetime) -> None:
    """Cheap when there is nothing to do: a few indexed deletes."""
    await db.write(inbox.purge, now - timedelta(hours=INBOX_KEEP_HOURS))
    await db.write(summaries.purge, now - timedelta(days=SUMMARY_KEEP_DAYS))
    old = now - timedelta(days=HEADLINE_KEEP_DAYS)
    await db.write(headlines.purge, old, HEADLINES_AT_ONCE)
    await db.write(stories.purge, old, HEADLINES_AT_ONCE)
    await db.write(feeds.purge, old)
    await db.write(interests.purge, now)
    await db.write(chats.purge_invites, now)
    failed = now - timedelta(days=FAILED_KEEP_DAYS)
    done = now - timedelta(hours=OUTBOX_KEEP_HOURS)
    await db.write(alerts.purge, done)
    await db.write(outbox.purge, done, failed, MESSAGES_AT_ONCE)
    await db.write(subscriptions.purge, failed)
    await submissions.expire(db, now)
    await db.write(roles.purge, now - timedelta(days=AUDIT_KEEP_DAYS))
    await importing.rescue(db, now)
    await db.write(imports.purge, now - timedelta(days=ACTS_KEEP_DAYS))
    await db.write(acts.purge, now - timedelta(days=ACTS_KEEP_DAYS))
    await db.write(items.purge, now - timedelta(days=REMOVED_KEEP_DAYS))
    await db.write(drafts.purge, now - timedelta(days=DRAFT_KEEP_DAYS))
