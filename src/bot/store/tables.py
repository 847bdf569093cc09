"""The roll of tables. Importing a subject adds its tables to the one metadata."""

from __future__ import annotations

from bot.store import (
    alerts,
    announcements,
    chats,
    entries,
    feeds,
    headlines,
    inbox,
    interests,
    jokes,
    outbox,
    reports,
    roles,
    seeds,
    stories,
    subscriptions,
    summaries,
    tellings,
    terms,
    told,
    topics,
    votes,
)
from bot.store.schema import metadata

__all__ = [
    "alerts",
    "announcements",
    "chats",
    "entries",
    "feeds",
    "headlines",
    "inbox",
    "interests",
    "jokes",
    "metadata",
    "outbox",
    "reports",
    "roles",
    "seeds",
    "stories",
    "subscriptions",
    "summaries",
    "tellings",
    "terms",
    "told",
    "topics",
    "votes",
]
