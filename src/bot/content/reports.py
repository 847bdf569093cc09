"""Reports: YAML front matter and a plain text below it.

YAML is composed, not loaded: nodes know their lines, and `language: no` is not yet False.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.config import MAX_TEXT_CHARS
from bot.content import fields
from bot.errors import UserError
from bot.models.reports import ReportEntry
from bot.models.said import Said
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml import Mark, Node

REQUIRED = ("id", "title", "language")
KEYS = (*REQUIRED, "published")
# As many as the reading room takes.
MOST_FRONT_CHARS = 4_000
_FRONT = re.compile(r"-{3,}[ \t]*\n(.*?)^-{3,}[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)

_NO_FRONT = mark(
    "A report begins with a line ---, then its id, title, language and published date, then "
    "another line ---; please put them there."
)
_NO_YAML = mark("This is no valid YAML: {why}. Putting the text in quotes may help.")
_NO_TREE = mark(
    "This is no valid YAML: it can't be taken apart. Putting the text in quotes may help."
)
_NO_PAIRS = mark('Each line here should be a key and its text, like title: "A title".')
_NO_PAIR = mark('This should be one key with one text, like title: "A title".')
_NO_BODY = mark("There is no text below the front matter; please write it there.")
_LONG = mark("The text is too long; please keep it below {most:,} characters.")
_CHARACTER = mark(
    "The text has the character U+{code:04X}, which can't be shown; please remove it."
)


class _At(Exception):
    """What is wrong, and in which line."""

    def __init__(self, line: int, said: Said) -> None:
        super().__init__(line, said)
        self.line, self.said = line, said


def read_report(data: bytes) -> tuple[int, ReportEntry | Said]:
    """The report with the line of its id, or what is wrong with the line where."""
    try:
        return _read(data)
    except _At as wrong:
        return wrong.line, wrong.said


def _read(data: bytes) -> tuple[int, ReportEntry]:
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    if front is None or len(front[1]) > MOST_FRONT_CHARS:
        raise _At(1, Said(_NO_FRONT))
    values, lines = _front(front[1])
    body = text[front.end() :].strip()
    _check_body(body, front[0].count("\n") + 1)
    return lines.get("id", 1), _entry(values, lines, body)


def _entry(values: dict[str, object], lines: dict[str, int], body: str) -> ReportEntry:
    at = next((name for name in lines if name not in KEYS), "")
    try:
        fields.check_keys(values, REQUIRED, KEYS[3:])
        at = "id"
        key = fields.key(values)
        at = "title"
        title = " ".join(fields.text(values, at).split())
        at = "language"
        language = fields.language(fields.text(values, at))
        at = "published"
        published = fields.day(values, at) if at in values else None
    except UserError as error:
        raise _At(lines.get(at, 1), error.said) from None
    return ReportEntry(key, language, title, body, published)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _At(line, Said("This is not UTF-8 text; please save the file as UTF-8.")) from None


def _front(front: str) -> tuple[dict[str, object], dict[str, int]]:
    """The keys with their values, and with their lines in the file."""
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    for name, value, line in _pairs(front):
        if name in values:
            raise _At(line, Said(fields.TWICE, {"name": fields.shown(name)}))
        values[name], lines[name] = value, line
    return values, lines


def _pairs(front: str) -> Iterator[tuple[str, str, int]]:
    for name, value in _nodes(front):
        line = name.start_mark.line + 2
        if not isinstance(name.value, str) or not isinstance(value.value, str):
            raise _At(line, Said(_NO_PAIR))
        yield name.value, value.value, line


def _nodes(front: str) -> list[tuple[Node, Node]]:
    import yaml  # noqa: PLC0415  costs 15 ms, and most starts read no report

    try:
        found = yaml.compose(front, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (yaml.YAMLError, RecursionError) as error:
        why = getattr(error, "problem", None)
        said = Said(_NO_YAML, {"why": fields.shown(why)}) if why else Said(_NO_TREE)
        raise _At(_line_of(error), said) from None
    if found is None:
        return []
    if not isinstance(found, yaml.MappingNode):
        raise _At(2, Said(_NO_PAIRS))
    nodes: list[tuple[Node, Node]] = found.value
    return nodes


def _line_of(error: Exception) -> int:
    """Where it went wrong; a quote that never ends went wrong where it began."""
    began = "scalar" in (getattr(error, "context", None) or "")
    mark: Mark | None = getattr(error, "context_mark" if began else "problem_mark", None)
    return mark.line + 2 if mark else 1


def _check_body(body: str, line: int) -> None:
    if not any(char.isalnum() for char in body):
        raise _At(line, Said(_NO_BODY))
    if len(body) > MAX_TEXT_CHARS:
        raise _At(line, Said(_LONG, {"most": MAX_TEXT_CHARS}))
    if unfit := fields.UNFIT_IN_PAGES.search(body):
        line += body.count("\n", 0, unfit.start())
        raise _At(line, Said(_CHARACTER, {"code": ord(unfit[0])}))
