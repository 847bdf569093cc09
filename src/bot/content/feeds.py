"""feeds.opml: outlines of topics, and in them one outline a feed.

Read with expat and not with listparser, which leaves out languages and lines and drops doubles.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from bot.content import fields
from bot.errors import UserError
from bot.models.feeds import FeedEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUIRED = ("title", "xmlUrl", "language")
OPTIONAL = ("text", "type", "htmlUrl", "description")


@dataclass(slots=True)
class _Outlines:
    """Collects the feeds while the file is parsed; `above` are the outlines around."""

    found: list[tuple[int, FeedEntry | str]] = field(default_factory=list)
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
            text = f"This is no valid XML: {why} at column {error.offset + 1}; please mend it."
            self.found.append((error.lineno, text))
        except UserError as error:
            self.found.append((self.parser.CurrentLineNumber, str(error)))

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "outline" and "xmlUrl" in attributes:
            line = self.parser.CurrentLineNumber
            try:
                self.found.append((line, _feed(attributes, self.above)))
            except UserError as error:
                self.found.append((line, str(error)))
        if name == "outline":
            self.above.append("" if "xmlUrl" in attributes else attributes.get("text", ""))

    def _close(self, name: str) -> None:
        if name == "outline":
            self.above.pop()

    def _refuse(self, *_: object) -> None:
        """Entities may make a small file huge."""
        raise UserError("A document type has no place here; please remove the <!DOCTYPE …>.")


def read_feeds(data: bytes) -> Iterator[tuple[int, FeedEntry | str]]:
    """Each feed with its line, or what is wrong there."""
    outlines = _Outlines()
    outlines.parse(data)
    places: dict[str, int] = {}
    for line, found in outlines.found:
        if not isinstance(found, FeedEntry):
            yield line, found
        elif found.url in places:
            yield line, f"This feed stands in line {places[found.url]} already; please keep one."
        else:
            places[found.url] = line
            yield line, found


def _feed(attributes: dict[str, str], above: list[str]) -> FeedEntry:
    fields.check_keys(attributes, REQUIRED, OPTIONAL)
    if not above:
        raise UserError("Each feed should stand in the outline of its topic.")
    return FeedEntry(
        url=fields.url(fields.text(attributes, "xmlUrl")),
        title=fields.text(attributes, "title"),
        language=fields.language(fields.text(attributes, "language")),
        topic=fields.topic(above[-1]),
    )
