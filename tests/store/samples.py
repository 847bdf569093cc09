"""What the tests of the store put in: a fixed clock, chats, people, entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bot.models.chats import Chat, Person
from bot.models.feeds import Entry, FeedEntry
from bot.models.headlines import Headline, HeadlineEntry
from bot.models.jokes import JokeEntry
from bot.models.reports import ReportEntry
from bot.store import headlines, inbox, items

if TYPE_CHECKING:
    from bot.store.database import Connection

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
BOT = 7


def note(conn: Connection, update_id: int) -> list[int]:
    """A write that leaves a trace."""
    return inbox.add(conn, BOT, [(update_id, None, "{}")], NOW)


def noted(conn: Connection) -> list[int]:
    """The traces of `note`."""
    return [update_id for update_id, _ in inbox.pending(conn, BOT)]


def later(seconds: float) -> datetime:
    """That long after NOW."""
    return NOW + timedelta(seconds=seconds)


def chat(number: int = 1, *, kind: str = "private", language: str = "en") -> Chat:
    return Chat(number, kind, f"Chat {number}", language)


def person(number: int = 1) -> Person:
    return Person(number, f"Person {number}", "en")


def joke(
    key: str, text: str = "", *, category: str = "cats", language: str = "en", punchline: str = ""
) -> JokeEntry:
    return JokeEntry(key, language, category, text or f"Joke {key}.", punchline or None)


def headline(key: str, title: str = "", *, language: str = "en", **values: object) -> HeadlineEntry:
    chosen = {"topic": "science", "published": NOW, "text": "", "sample": False, **values}
    return HeadlineEntry(
        key=key,
        language=language,
        title=title or f"Headline {key}",
        source="Example Times",
        url=f"https://example.org/{key}",
        **chosen,  # type: ignore[arg-type]
    )


def feed(number: int = 1, *, topic: str = "world") -> FeedEntry:
    return FeedEntry(f"https://feed{number}.example/rss", f"Feed {number}", "en", topic)


def change_feed(conn: Connection, /, feed_id: int, **values: Any) -> None:
    """As an admin does it."""
    item = items.find(conn, "feeds", feed_id)
    assert item is not None
    assert isinstance(item.entry, FeedEntry)
    items.change(conn, feed_id, replace(item.entry, **values), NOW)


def entry(name: str, title: str = "", text: str = "What happened.", **values: object) -> Entry:
    """An entry of a feed, known by one key."""
    words = (title or f"Story {name}", text)
    chosen = {
        "published": NOW,
        "keys": (name,),
        "digest": "/".join(words).encode(errors="replace").hex(),
        "url": f"https://news.example/{name}",
        "canonical": f"news.example/{name}",
        **values,
    }
    return Entry(
        guid=name,
        title=words[0],
        summary=text,
        content="",
        updated=None,
        **chosen,  # type: ignore[arg-type]
    )


def report(
    key: str, text: str = "One. Two.", *, title: str = "", language: str = "en"
) -> ReportEntry:
    return ReportEntry(key, language, title or f"Report {key}", text)


def shelved(conn: Connection, language: str = "en", *, samples: bool = False) -> list[Headline]:
    """All headlines on the shelf, newest first."""
    table = headlines.headlines
    here = select(*headlines.CARD).where(headlines.SHELVED, table.c.language == language)
    if not samples:
        here = here.where(table.c.sample.is_(False))
    newest = here.order_by(table.c.published.desc(), table.c.id.desc())
    return [headlines.headline(row) for row in conn.execute(newest)]
