"""What a line or a front matter may hold; pydantic tells what is wrong with it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.models.headlines import TOPICS, HeadlineEntry
from bot.models.jokes import JokeEntry
from bot.models.reports import ReportEntry

# Telegram's limit for one message, less some room for what stands around a joke.
JOKE_UNITS = 3500
TITLE_CHARS = 300
ARTICLE_CHARS = 100_000


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("it is empty")
    return text


def _topic(text: str) -> str:
    if text not in TOPICS:
        raise ValueError(f"it should be one of {', '.join(TOPICS)}")
    return text


def _link(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", text):
        raise ValueError("it should be an address that begins with https://")
    return text


def _key(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,99}", text):
        raise ValueError("it should be lower-case letters, digits and hyphens, like en-0001")
    return text


def _category(text: str) -> str:
    if not re.fullmatch(r"[a-z]{2,20}", text):
        raise ValueError("it should be one lower-case word, like office")
    return text


def _zoned(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("it needs a time zone, like 2019-04-10T13:00:00Z")
    return moment.astimezone(UTC)


Text = Annotated[str, AfterValidator(_filled)]
Key = Annotated[str, AfterValidator(_key)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class JokeLine(_Strict):
    """One line of jokes/<lang>.jsonl."""

    id: Key
    category: Annotated[str, AfterValidator(_category)]
    text: Text
    punchline: Text | None = None
    language: Language | None = None

    def entry(self, language: str) -> JokeEntry:
        """Raises ValueError for a joke that no message can hold."""
        units = len((self.text + (self.punchline or "")).encode("utf-16-le")) // 2
        if units > JOKE_UNITS:
            raise ValueError(f"“text”: it is too long for one message ({units} of {JOKE_UNITS})")
        spoken = self.language or language
        return JokeEntry(self.id, spoken, self.category, self.text, self.punchline)


class HeadlineLine(_Strict):
    """One line of headlines/<lang>.jsonl."""

    id: Key
    topic: Annotated[str, AfterValidator(_topic)]
    title: Annotated[Text, Field(max_length=TITLE_CHARS)]
    source: Annotated[Text, Field(max_length=TITLE_CHARS)]
    url: Annotated[str, AfterValidator(_link)]
    published: Annotated[datetime, AfterValidator(_zoned)]
    text: Annotated[Text, Field(max_length=ARTICLE_CHARS)]
    language: Language | None = None

    def entry(self, language: str, *, sample: bool) -> HeadlineEntry:
        values: dict[str, Any] = self.model_dump(exclude={"id", "language"})
        return HeadlineEntry(
            key=self.id, language=self.language or language, sample=sample, **values
        )


class ReportHead(_Strict):
    """The front matter of reports/*.md."""

    id: Key
    title: Annotated[Text, Field(max_length=TITLE_CHARS)]
    language: Language
    published: date | None = None

    def entry(self, text: str) -> ReportEntry:
        return ReportEntry(self.id, self.language, self.title, text, self.published)
