"""How a text opens: a saved page's path and repeated title, or simply a title line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading.clean import is_noise, path_of
from bot.reading.lines import Line, ends_sentence, lines, width
from bot.reading.numbering import number_of

_SECTION_WORDS = (
    "abstract|background|introduction|summary|executive summary|overview|contents"
    "|table of contents|preface|foreword|摘要|前言|引言|背景|目录|概述|导语"
)
_TITLE_WIDTH = 200
_FIRST_LINES = 6
# First lines that head a section, not the whole text.
_SECTIONS = frozenset(_SECTION_WORDS.split("|"))
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page apart: its shelf as the path hints, its title once, and its body word for word."""

    section_hint: str | None
    title: str | None
    body: str


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands before the body, which begins at `start`."""

    section_hint: str | None
    title: str | None
    start: int


def recognise(text: str) -> Page:
    """Take a saved page apart; the body is the rest of the text, untouched."""
    found = opening(text)
    return Page(found.section_hint, found.title, text[found.start :])


def opening(text: str, title: str | None = None) -> Opening:
    """Where the body begins after a path line and each repetition of the title.

    Without a given title, one is looked for: the last part of the path, a Markdown heading, or
    a first line that is no sentence and stands apart.
    """
    first = lines(text, _FIRST_LINES)
    path = path_of(first[0].text) if first else []
    hint = path[1] if path and _repeats(path, first[1:]) else None
    if hint is not None:
        title = title or _path_title(path, first[1:])
    elif title is None:
        title = _title_line(first)
    if title is None:
        return Opening(hint, None, first[0].start if first else 0)
    return Opening(hint, title, _after_titles(first, title, skip=hint is not None))


def _repeats(path: list[str], rest: list[Line]) -> bool:
    """A path ends in the page's title, which follows; else its dashes are just prose."""
    return bool(rest) and any(_same(part, rest[0].text) for part in (path[-1], _tail(path)))


def _path_title(path: list[str], rest: list[Line]) -> str:
    return rest[0].text if rest else path[-1]


def _tail(path: list[str]) -> str:
    return " - ".join(path[2:])


def _title_line(first: list[Line]) -> str | None:
    if not first:
        return None
    line, number = first[0], number_of(first[0].text)
    if number is not None:
        return line.text[number.length :].rstrip("# ") if number.kind == "markdown1" else None
    stands_apart = len(first) > 1 and (first[1].after_blank or _is_body(first[1].text))
    fits = width(line.text) <= _TITLE_WIDTH and _plain(line.text) not in _SECTIONS
    fits = fits and not ends_sentence(line.text) and line.text[-1] not in ",;:，；：、"
    return line.text if stands_apart and fits and not is_noise(line.text) else None


def _is_body(line: str) -> bool:
    return ends_sentence(line) and not line[0].islower()


def _after_titles(first: list[Line], title: str, *, skip: bool) -> int:
    start = first[0].start if first else 0
    for index, line in enumerate(first):
        if not (index == 0 and skip) and not _same(line.text, title):
            break
        start = first[index + 1].start if index + 1 < len(first) else line.end
    return start


def _same(left: str, right: str) -> bool:
    return _plain(left) == _plain(right)


def _plain(line: str) -> str:
    return _SPACE.sub(" ", line.strip("# *_\ufeff")).casefold()
