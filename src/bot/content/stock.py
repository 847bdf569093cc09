"""Collects what files hold while they are read, one after the other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.content import fields
from bot.content.models import Content, Line, problem
from bot.content.shapes import DERIVED
from bot.errors import UserError
from bot.models.feeds import FeedEntry
from bot.models.headlines import HeadlineEntry, TopicWords
from bot.models.jokes import JokeEntry
from bot.models.reports import ReportEntry
from bot.models.said import Said
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.models.imports import Problem

    Found = Iterable[tuple[int, Line | FeedEntry | Said | None]]

MOST_PROBLEMS = 1000
_MORE = mark("{many:,} more lines of this file are broken.")
_TAKEN = mark("The id “{key}” is taken by {place}; please give this one another.")


@dataclass(slots=True)
class Stock:
    """Grows by entries, feeds and problems; of two entries with one id the first stays."""

    jokes: list[JokeEntry] = field(default_factory=list)
    headlines: list[HeadlineEntry] = field(default_factory=list)
    reports: list[ReportEntry] = field(default_factory=list)
    feeds: list[FeedEntry] = field(default_factory=list)
    topics: list[TopicWords] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    doubles: int = 0
    unfit: int = 0
    _places: dict[tuple[type, str], tuple[str, int]] = field(default_factory=dict)
    _many: Counter[str] = field(default_factory=Counter)

    def take(self, file: str, found: Found) -> None:
        """Add what a file holds, line by line; an error from reading on ends the file."""
        try:
            for line, entry in found:
                self._add(file, line, entry)
        except UserError as error:
            self.problem(file, 1, error.said)
        except OSError as error:
            why = UserError("The file can't be read: {why}.", why=error.strerror)
            self.problem(file, 1, why.said)

    def problem(self, file: str, line: int, said: Said) -> None:
        """Note what is wrong; of very many in one file only the number."""
        self._many[file] += 1
        if self._many[file] <= MOST_PROBLEMS:
            self.problems.append(problem(file, line, said))

    def content(self) -> Content:
        """All of it, frozen."""
        more = [
            problem(file, 1, Said(_MORE, {"many": many - MOST_PROBLEMS}))
            for file, many in self._many.items()
            if many > MOST_PROBLEMS
        ]
        return Content(
            tuple(self.jokes), tuple(self.headlines), tuple(self.reports), tuple(self.feeds),
            tuple(self.topics), tuple(self.problems + more), self.doubles, self.unfit,
        )  # fmt: skip

    def _add(self, file: str, line: int, entry: Line | FeedEntry | Said | None) -> None:
        match entry:
            case None:
                self.unfit += 1
            case Said():
                self.problem(file, line, entry)
            case FeedEntry():
                self.feeds.append(entry)
            case _ if entry.key.startswith(DERIVED) and (type(entry), entry.key) in self._places:
                self.doubles += 1
            case _ if place := self._places.get((type(entry), entry.key)):
                where = {"key": fields.shown(entry.key), "place": f"{place[0]}:{place[1]}"}
                self.problem(file, line, Said(_TAKEN, where))
            case _:
                self._places[type(entry), entry.key] = (file, line)
                self._shelve(entry)

    def _shelve(self, entry: Line) -> None:
        match entry:
            case TopicWords():
                self.topics.append(entry)
            case JokeEntry():
                self.jokes.append(entry)
            case HeadlineEntry():
                self.headlines.append(entry)
            case ReportEntry():
                self.reports.append(entry)
