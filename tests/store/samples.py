"""What the tests of the store put in: a fixed clock, chats, people, entries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.models.chats import Chat, Person
from bot.models.headlines import HeadlineEntry
from bot.models.jokes import JokeEntry
from bot.models.reports import ReportEntry

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)


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


def report(
    key: str, text: str = "One. Two.", *, title: str = "", language: str = "en"
) -> ReportEntry:
    return ReportEntry(key, language, title or f"Report {key}", text)
