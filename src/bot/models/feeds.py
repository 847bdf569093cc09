"""Feeds, as content files list them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A feed before the bot follows it; its address is its key."""

    url: str
    title: str
    language: str
    topic: str
