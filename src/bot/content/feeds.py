"""feeds.opml: outlines of topics, and in them one outline a feed.

Read with expat and not with listparser, which leaves out languages and lines and drops doubles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from bot.config import MAX_IMPORTED_FEEDS, MAX_TITLE_CHARS
from bot.content import fields
from bot.errors import UserError
from bot.models.feeds import FeedEntry
from bot.models.headlines import TOPICS
from bot.models.said import Said
from bot.texts import mark
from bot.words.language import detect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REQUIRED = ("title", "xmlUrl", "language")
OPTIONAL = ("text", "type", "htmlUrl", "description", "pace", "paused")
_MINUTES = re.compile(r"[1-9][0-9]{0,4}")
_NO_XML = mark("This is no valid XML: {why} at column {column}; please mend it.")
_TWICE = mark("This feed stands in line {line} already; please keep one.")


@dataclass(slots=True)
class _Outlines:
    """Collects the feeds while the file is parsed; `above` are the outlines around."""

    feed: Callable[[dict[str, str], list[str]], FeedEntry]
    found: list[tuple[int, FeedEntry | Said]] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    parser: expat.XMLParserType = field(default_factory=expat.ParserCreate)

    def parse(self, data: bytes) -> None:
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.StartDoctypeDeclHandler = self._refuse
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            why = expat.errors.messages[error.code]
            said = Said(_NO_XML, {"why": why, "column": error.offset + 1})
            self.found.append((error.lineno, said))
        except UserError as error:
            self.found.append((self.parser.CurrentLineNumber, error.said))

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "outline" and "xmlUrl" in attributes:
            line = self.parser.CurrentLineNumber
            try:
                self.found.append((line, self.feed(attributes, self.above)))
            except UserError as error:
                self.found.append((line, error.said))
        if name == "outline":
            self.above.append("" if "xmlUrl" in attributes else _named(attributes))

    def _close(self, name: str) -> None:
        if name == "outline":
            self.above.pop()

    def _refuse(self, *_: object) -> None:
        """Entities may make a small file huge."""
        raise UserError("A document type has no place here; please remove the <!DOCTYPE …>.")


def read_feeds(data: bytes) -> Iterator[tuple[int, FeedEntry | Said]]:
    """Each feed with its line, or what is wrong there."""
    for line, found in _read(_Outlines(_feed), data):
        yield line, Said(_TWICE, {"line": found}) if isinstance(found, int) else found


def read_others(data: bytes, default: str) -> Iterator[tuple[int, FeedEntry | Said]]:
    """The same of a list that another reader wrote: what it does not say is guessed, and feeds that
    stand there twice are taken once.
    """
    # Counted before anything is guessed, which takes a thousand times as long.
    addresses = _Outlines(lambda each, _: FeedEntry(_address(each), "", default, TOPICS[0]))
    many = sum(isinstance(each, FeedEntry) for _, each in _read(addresses, data))
    if many > MAX_IMPORTED_FEEDS:
        raise UserError(
            "It lists {many:,} feeds; please import {most:,} at once at most.",
            many=many, most=MAX_IMPORTED_FEEDS,
        )  # fmt: skip
    outlines = _Outlines(lambda each, above: _guessed(each, above, default))
    found = [(line, each) for line, each in _read(outlines, data)
             if not isinstance(each, int)]  # fmt: skip
    if not found:
        raise UserError("It lists no feeds.")
    yield from found


def _read(outlines: _Outlines, data: bytes) -> Iterator[tuple[int, FeedEntry | Said | int]]:
    """For a feed that stood there before, its line."""
    outlines.parse(data)
    places: dict[str, int] = {}
    for line, found in outlines.found:
        if isinstance(found, FeedEntry) and found.url in places:
            yield line, places[found.url]
            continue
        if isinstance(found, FeedEntry):
            places[found.url] = line
        yield line, found


def _address(attributes: dict[str, str]) -> str:
    return fields.url(attributes["xmlUrl"].strip().replace("feed://", "https://"))


def _guessed(attributes: dict[str, str], above: list[str], default: str) -> FeedEntry:
    """By its outlines its topic, by its title its language."""
    url = _address(attributes)
    named = attributes.get("title") or attributes.get("text") or url
    title = " ".join(named.split())[:MAX_TITLE_CHARS] or url
    said = attributes.get("language", "")[:2].lower()
    told = detect(f"{title} {attributes.get('description', '')}")
    languages = (each for each in (said, told) if each in fields.LANGUAGES)
    topics = (each.casefold() for each in reversed(above) if each.casefold() in TOPICS)
    about = (url, title, next(languages, default), next(topics, TOPICS[0]))
    return FeedEntry(*about, *_state(attributes))


def _named(attributes: dict[str, str]) -> str:
    return attributes.get("text") or attributes.get("title") or ""


def _feed(attributes: dict[str, str], above: list[str]) -> FeedEntry:
    fields.check_keys(attributes, REQUIRED, OPTIONAL)
    if not above:
        raise UserError("Each feed should stand in the outline of its topic.")
    return FeedEntry(
        fields.url(fields.text(attributes, "xmlUrl")),
        fields.text(attributes, "title"),
        fields.language(fields.text(attributes, "language")),
        fields.topic(above[-1]),
        *_state(attributes),
    )


def _state(attributes: dict[str, str]) -> tuple[int, bool]:
    """How often it is asked, in minutes, and whether it is paused: what an export says of it."""
    pace = _MINUTES.fullmatch(attributes.get("pace", ""))
    return int(pace[0]) if pace else 0, attributes.get("paused", "").lower() == "true"
