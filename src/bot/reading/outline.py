"""Which lines are headings, and how they nest: told by numbering, and by standing alone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.models.reading import Section
from bot.reading.clean import is_noise
from bot.reading.lines import Line, ends_sentence, width
from bot.reading.numbering import Number, bare, number_of
from bot.words.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_HEADING_WIDTH = 170
_PLAIN_WIDTH = 80
_PROSE_WIDTH = 60
_WRAP_WIDTH = 60
_TIGHT_LIST = 3
_OPEN_ENDS = ",;，；、"
_PLAIN_ENDS = ",;，；、:：.)*。？！?!…"
_PLAIN_START = re.compile(r"[^\W_a-zß-ÿ]")
_PLAIN = Number("plain", 0)
_SIGNS = re.compile(r"[=<>{}\\@]|&[a-z]+;")
_CLAUSES, _COMMAS = re.compile(r"[；;]\s*\S"), re.compile("[，,、]")
_MOST_COMMAS = 4
_PLAIN_WORDS = 8
_DEEPEST = 5
UNMARKED: Mapping[int, int] = MappingProxyType({})
_NESTED = ("digit2", "digit3")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as the outline shows it, and as a quoted sentence names its place."""

    section: Section
    tag: str


def headings(lines: Sequence[Line], marked: Mapping[int, int] = UNMARKED) -> dict[int, Heading]:
    """The headings among the lines, by the index of their line.

    `marked` has the levels of headings that the document itself names, by their line's start.
    """
    marks = {i: _mark(marked[line.start]) for i, line in enumerate(lines) if line.start in marked}
    numbers = _heading_numbers(lines) | marks
    levels = _levels(numbers)
    above: list[tuple[int, str]] = []
    found: dict[int, Heading] = {}
    for index, number in sorted(numbers.items()):
        line, level = lines[index], levels[number.kind]
        above = [higher for higher in above if higher[0] < level]
        found[index] = _heading(line, number, level, above)
        above.append((level, bare(line.text[: number.length])))
    return found


def _mark(level: int) -> Number:
    return Number(f"markdown{min(max(level, 1), _DEEPEST)}", 0)


def _heading(line: Line, number: Number, level: int, above: list[tuple[int, str]]) -> Heading:
    if number.kind.startswith("markdown"):
        title = line.text[number.length :].rstrip("# ")
        inner = number_of(title)
        own = inner.length if inner else 0
        return Heading(Section(level, title, line.start + number.length), title[:own] + title[own:])
    nests = number.kind in _NESTED or number is _PLAIN
    prefix = "" if nests else " ".join(label for _, label in above if label)
    return Heading(Section(level, line.text, line.start), f"{prefix} {line.text}".strip())


def _levels(numbers: dict[int, Number]) -> dict[str, int]:
    """Each kind of numbering in use gets the next level down; unnumbered headings the first."""
    ranks = {number.kind: number.rank for number in numbers.values() if number is not _PLAIN}
    levels = {kind: level for level, kind in enumerate(sorted(ranks, key=ranks.__getitem__), 1)}
    return levels | {_PLAIN.kind: 1}


def _heading_numbers(lines: Sequence[Line]) -> dict[int, Number]:
    numbers = dict(_numbered(lines))
    lists = set(_tight_lists(numbers, lines))
    sure = {
        index: number
        for index, number in numbers.items()
        if index not in lists
        and not ends_sentence(lines[index].text)
        and not _follows_item(index, number, lines)
    }
    sure |= _stopped(numbers, sure, lines)
    return sure | _plain(sure, numbers, lines)


def _numbered(lines: Sequence[Line]) -> Iterator[tuple[int, Number]]:
    for index, line in enumerate(lines):
        number = number_of(line.text) if width(line.text) <= _HEADING_WIDTH else None
        if number and _may_be_heading(index, number, lines):
            yield index, number


def _may_be_heading(index: int, number: Number, lines: Sequence[Line]) -> bool:
    line = lines[index]
    title = line.text[number.length :]
    if number.kind.startswith("markdown"):
        return any(char.isalnum() for char in title)
    if len(sentences(title)) > 1 or line.text[-1] in _OPEN_ENDS or _runs_on(title):
        return False
    return not _goes_on(index, lines) and not _is_wrapped(index, lines)


def _runs_on(title: str) -> bool:
    """Whether a title has as many clauses as only prose has."""
    return bool(_CLAUSES.search(title)) or len(_COMMAS.findall(title)) >= _MOST_COMMAS


def _goes_on(index: int, lines: Sequence[Line]) -> bool:
    """Whether the next line carries this one on: a wrapped sentence with a number in front."""
    if index + 1 == len(lines) or lines[index + 1].after_blank:
        return False
    following = lines[index + 1].text
    long = width(lines[index].text) >= _WRAP_WIDTH and number_of(following) is None
    return not ends_sentence(lines[index].text) and (following[0].islower() or long)


def _is_wrapped(index: int, lines: Sequence[Line]) -> bool:
    """Whether this line carries the one before it on: a number that only begins a line."""
    if index == 0 or lines[index].after_blank:
        return False
    before = lines[index - 1].text
    return width(before) >= _WRAP_WIDTH and not ends_sentence(before) and number_of(before) is None


def _tight_lists(numbers: dict[int, Number], lines: Sequence[Line]) -> Iterator[int]:
    """Lines of one kind with nothing between them, not even a blank line: items of a list."""
    run: list[int] = []
    for index, number in sorted(numbers.items()):
        follows = bool(run) and run[-1] == index - 1 and not lines[index].after_blank
        if not (follows and numbers[run[-1]].kind == number.kind):
            yield from run if len(run) >= _TIGHT_LIST else ()
            run = []
        run.append(index)
    yield from run if len(run) >= _TIGHT_LIST else ()


def _follows_item(index: int, number: Number, lines: Sequence[Line]) -> bool:
    """Whether the line above is a numbered sentence of the same kind: both are items then."""
    if index == 0 or lines[index].after_blank or not ends_sentence(lines[index - 1].text):
        return False
    above = number_of(lines[index - 1].text)
    return above is not None and above.kind == number.kind


def _stopped(
    numbers: dict[int, Number], sure: dict[int, Number], lines: Sequence[Line]
) -> dict[int, Number]:
    """Headings with a full stop: of a kind that mostly does without, and with a body below."""
    stopped = {index: number for index, number in numbers.items() if index not in sure}
    kinds = Counter(number.kind for number in sure.values())
    others = Counter(number.kind for number in stopped.values())
    return {
        index: number
        for index, number in stopped.items()
        if kinds[number.kind] >= others[number.kind]
        and index + 1 < len(lines)
        and index + 1 not in numbers
        and lines[index].after_blank | lines[index + 1].after_blank
    }


def _plain(
    sure: dict[int, Number], numbers: dict[int, Number], lines: Sequence[Line]
) -> dict[int, Number]:
    return {
        index: _PLAIN
        for index in range(len(lines) - 1)
        if index not in sure and index not in numbers and _heads_prose(index, lines)
    }


def _heads_prose(index: int, lines: Sequence[Line]) -> bool:
    """Whether a line without a number is a heading: alone, short, open-ended, above prose."""
    line, following = lines[index], lines[index + 1]
    alone = line.after_blank and following.after_blank
    if not alone or width(line.text) > _PLAIN_WIDTH or line.text[-1] in _PLAIN_ENDS:
        return False
    if not _is_terse(line.text) or number_of(line.text) is not None:
        return False
    prose = width(following.text) >= _PROSE_WIDTH and number_of(following.text) is None
    return prose and bool(_PLAIN_START.match(line.text)) and not is_noise(line.text)


def _is_terse(line: str) -> bool:
    """Whether a line reads like a heading: few words, or with capitals as titles have them."""
    words = line.split()
    capitals = sum(not word[0].islower() for word in words)
    return not _SIGNS.search(line) and (len(words) <= _PLAIN_WORDS or capitals * 2 > len(words))
