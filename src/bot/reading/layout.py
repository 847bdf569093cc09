"""Lines of printed pages become paragraphs and headings, by where they stand and how large."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.reading.lines import ends_sentence
from bot.reading.numbering import number_of
from bot.words.script import CJK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_DIGITS = re.compile(r"[0-9]+")
_PAGE_NUMBER = re.compile(
    r"[-–—\s|]*(?:page|p\.|第)?\s*(?:[0-9]{1,4}|[ivxlc]{1,7})\s*(?:页|(?:of|/)\s*[0-9]+)?[-–—\s|]*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[-*+•·‣▪●◦–—]\s+\S|[①-⑳]|[A-Za-z][)）]\s|\[[0-9]{1,5}\]\s")
_WIDE = re.compile(f"[{CJK}，。、；：！？（）《》“”]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD_END, _WORD_START = re.compile(r"[^\W\d_]+\Z"), re.compile(r"[^\W\d_]+")
# pdfium's sign for a hyphen at the end of a line, the rest of the word following at once.
HYPHEN = "\ufffe"

_EDGE_LINES = 3
_MARGIN = 0.12
_SAME_PLACE = 6.0
_LARGER, _MOST_LEVELS = 1.15, 4
_HEADING_CHARS, _HEADING_LINES = 200, 4
_GAP, _INDENT, _SHORT = 1.5, 0.9, 0.12
_NEAR_LINES = 12
_MANY_JUMPS = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line; `left`, `right` and `foot` in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    foot: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in the order of the file."""

    lines: tuple[Line, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a heading if it has a level; `page` is where it begins, from 1."""

    text: str
    page: int
    level: int


@dataclass(slots=True)
class _Open:
    """A paragraph that is being put together."""

    lines: list[Line]
    page: int


def arrange(pages: Sequence[Page]) -> tuple[str | None, list[Block]]:
    """The title, if one stands out on the first page, and the blocks in reading order."""
    bodies = [in_order(lines) for lines in without_running_lines(pages)]
    whole = Counter(_words(bodies) if _has_hyphens(bodies) else ())
    opened = list(_paragraphs(bodies))
    body = _body_size(bodies)
    levels = _levels(opened, body)
    blocks = [
        Block(_joined(each.lines, whole), each.page, levels.get(_size(each), 0)) for each in opened
    ]
    return _title(blocks, opened, body), blocks


def without_running_lines(pages: Sequence[Page]) -> list[list[Line]]:
    """Each page without headers, footers and page numbers, which stand at its edges."""
    if len(pages) < 2:
        return [list(page.lines) for page in pages]
    largest = _LARGER * _body_size([page.lines for page in pages])
    edges = [[line for line in _edges(page) if line.size < largest] for page in pages]
    seen: defaultdict[str, list[float]] = defaultdict(list)
    for lines in edges:
        for line in lines:
            seen[_key(line)].append(line.foot)
    often = 3 if len(pages) > 5 else 2
    return [
        [line for line in page.lines if not (line in edge and _runs(line, seen, often))]
        for page, edge in zip(pages, edges, strict=True)
    ]


def in_order(lines: list[Line]) -> list[Line]:
    """Lines in columns whose file goes to and fro between them, column by column."""
    jumps = sum(_jumps(line, after) for line, after in _pairs(lines))
    middle = _gutter(lines) if jumps >= _MANY_JUMPS else None
    if middle is None:
        return lines
    ordered: list[Line] = []
    for band in _bands(lines, middle):
        for right in (False, True):
            column = [line for line in band if (line.left >= middle) is right]
            ordered += sorted(column, key=lambda line: -line.foot)
    return ordered


def _jumps(line: Line, after: Line) -> bool:
    """Whether the next line stands higher, or right beside this one."""
    beside = abs(after.foot - line.foot) < line.size / 2 and after.left > line.right
    return beside or after.foot > line.foot + line.size


def _edges(page: Page) -> list[Line]:
    margin = _MARGIN * page.height
    edge = [line for line in page.lines if not margin < line.foot < page.height - margin]
    by_height = sorted(edge, key=lambda line: -line.foot)
    return by_height[:_EDGE_LINES] + by_height[-_EDGE_LINES:]


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.text.casefold())


def _runs(line: Line, seen: dict[str, list[float]], often: int) -> bool:
    if _PAGE_NUMBER.fullmatch(line.text):
        return True
    here = [foot for foot in seen[_key(line)] if abs(foot - line.foot) < _SAME_PLACE]
    return len(here) >= often


def _pairs(lines: Sequence[Line]) -> Iterable[tuple[Line, Line]]:
    return pairwise(lines)


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where the right column begins, if few lines cross that place."""
    width = max(line.right for line in lines)
    starts = Counter(round(line.left / 4) * 4 for line in lines if width * 0.35 < line.left)
    if not starts:
        return None
    start, count = starts.most_common(1)[0]
    middle = start - 4.0
    crossing = sum(line.left < middle < line.right for line in lines)
    return middle if count * 4 >= len(lines) and crossing * 4 <= len(lines) else None


def _bands(lines: Sequence[Line], middle: float) -> Iterator[list[Line]]:
    """Lines across the whole page part it into bands, each read by columns."""
    across = sorted(
        (line for line in lines if line.left < middle < line.right), key=lambda line: -line.foot
    )
    rest = [line for line in lines if not line.left < middle < line.right]
    for line in across:
        above = [each for each in rest if each.foot > line.foot]
        rest = [each for each in rest if each.foot <= line.foot]
        yield above
        yield [line]
    yield rest


def _paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[_Open]:
    current: _Open | None = None
    for number, lines in enumerate(pages, 1):
        leading = _leading(lines)
        edges = _right_edges(lines)
        before: int | None = None
        for index, line in enumerate(lines):
            edge = edges[before] if before is not None else None
            if current is not None and _goes_on(current.lines, line, leading, edge):
                current.lines.append(line)
            else:
                if current is not None:
                    yield current
                current = _Open([line], number)
            before = index
    if current is not None:
        yield current


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance from line to line."""
    steps = [above.foot - line.foot for above, line in _pairs(lines)]
    down = Counter(round(step, 1) for step in steps if 0 < step < 60)
    return down.most_common(1)[0][0] if down else 0.0


def _right_edges(lines: Sequence[Line]) -> list[float]:
    """How far right the lines near each one reach, in its own column."""
    return [
        max(
            near.right
            for near in lines[max(0, index - _NEAR_LINES) : index + _NEAR_LINES]
            if near.left < line.right and near.right > line.left
        )
        if line.right > line.left
        else line.right
        for index, line in enumerate(lines)
    ]


def _goes_on(lines: Sequence[Line], line: Line, leading: float, edge: float | None) -> bool:
    """Whether a line carries on the paragraph of those before it; `edge` is None after a page."""
    last = lines[-1]
    if not 1 / _LARGER < line.size / (last.size or 1.0) < _LARGER:
        return False
    ended = ends_sentence(last.text)
    step = last.foot - line.foot
    if edge is None or step < -last.size:
        return not ended and not _opens(line.text) and _flows(last.text, line.text)
    if step > _GAP * max(leading, last.size) or (_opens(line.text) and (ended or len(lines) > 1)):
        return False
    short = last.right < edge - _SHORT * max(edge - last.left, 1.0)
    indented = line.left > last.left + _INDENT * line.size and len(lines) > 1
    if short or indented:
        return not ended and not indented and line.text[0].islower()
    return True


def _opens(text: str) -> bool:
    """Whether a line begins with the sign of an item or the number of a heading."""
    return bool(_BULLET.match(text)) or number_of(text) is not None


def _flows(before: str, after: str) -> bool:
    """Over the end of a column or page only what can't be a new beginning goes on."""
    return after[0].islower() or bool(_WIDE.match(after[0]) and _WIDE.match(before[-1]))


def _has_hyphens(pages: Iterable[Sequence[Line]]) -> bool:
    return any(HYPHEN in line.text or line.text[-1] == "-" for lines in pages for line in lines)


def _words(pages: Iterable[Sequence[Line]]) -> Iterator[str]:
    for lines in pages:
        for line in lines:
            yield from _WORD.findall(line.text.lower())


def _joined(lines: Sequence[Line], words: Counter[str]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        after = line.text
        if text.endswith("-") and after[0].islower():
            text = text[:-1] + HYPHEN + after
        elif text.endswith(HYPHEN) or (_WIDE.match(text[-1]) and _WIDE.match(after[0])):
            text += after
        else:
            text += f" {after}"
    return _unhyphened(text.replace("\r", " "), words)


def _unhyphened(text: str, words: Counter[str]) -> str:
    """Words joined at line ends, unless the document writes them with a hyphen elsewhere."""
    first, *rest = text.split(HYPHEN)
    for piece in rest:
        head, tail = _WORD_END.search(first), _WORD_START.match(piece)
        left, right = head[0].lower() if head else "", tail[0].lower() if tail else ""
        kept = not (left and right) or words[f"{left}-{right}"] > words[left + right]
        first += ("-" if kept else "") + piece
    return first


def _size(paragraph: _Open) -> float:
    return round(paragraph.lines[0].size)


def _body_size(pages: Sequence[Sequence[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _levels(opened: Sequence[_Open], body: float) -> dict[float, int]:
    """The larger the type, the higher the heading."""
    sizes = {_size(each) for each in opened if _is_large(each, body)}
    ranked = sorted(sizes, reverse=True)
    return {size: min(level, _MOST_LEVELS) for level, size in enumerate(ranked, 1)}


def _is_large(paragraph: _Open, body: float) -> bool:
    length = sum(len(line.text) for line in paragraph.lines)
    short = 2 < length <= _HEADING_CHARS and len(paragraph.lines) <= _HEADING_LINES
    return short and _size(paragraph) >= body * _LARGER


def _title(blocks: Sequence[Block], opened: Sequence[_Open], body: float) -> str | None:
    first = [
        (_size(paragraph), block.text)
        for block, paragraph in zip(blocks, opened, strict=True)
        if block.page == 1 and _is_large(paragraph, body)
    ]
    return max(first, key=lambda pair: pair[0])[1] if first else None
