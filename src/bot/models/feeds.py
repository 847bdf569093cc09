"""Feeds, as content files list them, as the bot follows them, and as their bytes read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.models.headlines import HeadlineEntry
    from bot.models.said import Said


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A feed as files and admins put it; its address is its key.

    `pace` is how many minutes lie between two requests, 0 as its news come.
    """

    url: str
    title: str
    language: str
    topic: str
    pace: int = 0
    paused: bool = False

    @property
    def key(self) -> str:
        return self.url


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a feed in plain text; `None` and `""` for what the feed does not say.

    `keys` name the entry within its feed: two entries that share one are the same entry, whatever
    else changed. `canonical` is its address without what only tracks the reader, and without the
    scheme. `digest` changes with title and text, `teaser` says that the text stands elsewhere.
    Paragraphs of `summary` and `content` are divided by blank lines.
    """

    guid: str | None
    url: str | None
    title: str
    summary: str
    content: str
    published: datetime | None
    updated: datetime | None
    categories: tuple[str, ...] = ()
    canonical: str | None = None
    keys: tuple[str, ...] = ()
    digest: str = ""
    teaser: bool = False

    @property
    def text(self) -> str:
        """The fuller of the two texts."""
        return self.content if len(self.content) >= len(self.summary) else self.summary


@dataclass(frozen=True, slots=True)
class Feed:
    """What the bytes of a feed say, newest entry first; `every` is how long it asks to be left."""

    title: str
    link: str | None
    language: str | None
    entries: tuple[Entry, ...]
    every: timedelta | None = None


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a web page names as its own."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Sample:
    """What a feed says before it is followed, and what else its page names."""

    newest: tuple[HeadlineEntry, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page where a feed was looked for, and the feeds it names."""

    links: tuple[FeedLink, ...]


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed that the bot follows, and how it is doing.

    `next_at` is when it is asked again, None while it is not; `interval` the time between two
    requests, `pace` the same where somebody chose it; `failures` counts those in a row, `error`
    says what the last of them was.
    """

    id: int
    address: str
    title: str
    language: str
    topic: str
    weight: float
    site: str | None
    sample: bool
    origin: str
    added_by: int | None
    next_at: datetime | None
    interval: timedelta
    pace: timedelta | None
    failures: int
    error: Said | None
    error_at: datetime | None
    refreshed_at: datetime | None
    read_at: datetime | None
    paused: bool
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class Due:
    """A feed claimed for one request: until `lease` nobody else asks.

    `read_at` is when it last had something to read, None if it never had.
    """

    id: int
    address: str
    title: str
    language: str
    topic: str
    sample: bool
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    interval: timedelta
    pace: timedelta | None
    every: timedelta | None
    failures: int
    lease: datetime
    read_at: datetime | None
