"""What reading content files gives: entries of the three shelves, feeds, and problems."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Literal, get_args

from bot.content.fields import shown
from bot.models.headlines import HeadlineEntry, TopicWords
from bot.models.imports import Problem
from bot.models.jokes import JokeEntry
from bot.models.reports import ReportEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.models.feeds import FeedEntry
    from bot.models.said import Said

Entry = JokeEntry | HeadlineEntry | ReportEntry
Line = Entry | TopicWords
Shelf = Literal["jokes", "headlines", "reports"]
SHELVES: tuple[Shelf, ...] = get_args(Shelf)
MOST_FILE_CHARS = 200


@dataclass(frozen=True, slots=True)
class Content:
    """All that is sound, in the order of the files, and all that is not.

    `doubles` counts jokes that stand there twice, `unfit` those marked as not for everybody.
    """

    jokes: tuple[JokeEntry, ...] = ()
    headlines: tuple[HeadlineEntry, ...] = ()
    reports: tuple[ReportEntry, ...] = ()
    feeds: tuple[FeedEntry, ...] = ()
    topics: tuple[TopicWords, ...] = ()
    problems: tuple[Problem, ...] = ()
    doubles: int = 0
    unfit: int = 0

    def entries(self) -> Iterator[Entry]:
        """Everything for the three shelves."""
        return chain(self.jokes, self.headlines, self.reports)

    def broken(self) -> set[str]:
        """The shelves that have a problem: some of their entries may be missing here."""
        return {problem.file.partition("/")[0] for problem in self.problems}

    def only(self, shelf: Shelf) -> Content:
        """The same without the other shelves and their problems."""
        problems = tuple(each for each in self.problems if each.file.startswith(f"{shelf}/"))
        kept = {"jokes": (), "headlines": (), "reports": (), shelf: getattr(self, shelf)}
        return replace(self, **kept, feeds=(), topics=(), problems=problems)

    def having(self, reports: tuple[ReportEntry, ...], problems: tuple[Problem, ...]) -> Content:
        """The same with these in place of its own."""
        return replace(self, reports=reports, problems=problems)

    def anything(self) -> bool:
        """Whether there is something to import."""
        return len(self) > 0

    def __len__(self) -> int:
        """All that an import takes."""
        return sum(len(getattr(self, kind)) for kind in (*SHELVES, "feeds"))


def problem(file: str, line: int, said: Said) -> Problem:
    """A problem whose file has a name fit for a terminal."""
    return Problem(shown(file, MOST_FILE_CHARS), line, said)
