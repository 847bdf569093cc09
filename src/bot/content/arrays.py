"""JSON documents: a list of jokes, an object that holds one, or a single joke; and TOML."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING

from bot.content.lines import DECODER, OUT_OF_BOUNDS
from bot.errors import UserError
from bot.models.said import Said
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bot.content.models import Line

    Parse = Callable[[Mapping[str, object]], Line | None]

# What the list is called in an object: JokeAPI and others.
LISTS = ("jokes", "data", "items", "results")
_LIST = re.compile(rf'\s*\[|"(?:{"|".join(LISTS)})"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_TABLE = re.compile(r"[ \t]*\[\[[ \t]*[\w\"'-]+[ \t]*\]\]")
_NO_JSON = mark("This is no valid JSON: {why} at column {column}. Please mend it.")
_NO_TOML = mark("This is no valid TOML: {why}; please mend it.")
_TOML_OUT_OF_BOUNDS = mark("This TOML is out of bounds: a huge number, or too deep.")
_NO_LIST = mark("There is no list of jokes here; each should stand below a line [[jokes]].")
_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def read_array(text: str, parse: Parse) -> Iterator[tuple[int, Line | Said | None]]:
    """Each object with the line where it begins, or what is wrong with it."""
    start = _LIST.match(text) or _LIST.search(text)
    found = _elements(text, start.end()) if start else _elements(text, 0, alone=True)
    for line, value in found:
        yield line, value if isinstance(value, Said) else _parsed(value, parse)


def _elements(text: str, at: int, *, alone: bool = False) -> Iterator[tuple[int, object]]:
    """The values of a list one by one, so that each has its line."""
    line, counted = 1, 0
    while True:
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing, too
        line, counted = line + text.count("\n", counted, at), at
        if text[at : at + 1] == "]":
            return
        try:
            value, at = DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            yield error.lineno, Said(_NO_JSON, {"why": error.msg, "column": error.colno})
            return
        except UserError as error:  # a key stands twice
            yield line, error.said
            return
        except (ValueError, RecursionError):
            yield line, Said(OUT_OF_BOUNDS)
            return
        yield line, value
        if alone:
            return


def read_toml(text: str, parse: Parse) -> Iterator[tuple[int, Line | Said | None]]:
    """Each table of a list such as [[jokes]], with its line."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _TOML_LINE.search(str(error))
        why = _TOML_LINE.sub("", str(error)).strip()
        yield int(at[1]) if at else 1, Said(_NO_TOML, {"why": why})
        return
    except (ValueError, RecursionError):
        yield 1, Said(_TOML_OUT_OF_BOUNDS)
        return
    tables = [each for value in values.values() if isinstance(value, list) for each in value]
    places = [place for place, line in enumerate(text.split("\n"), 1) if _TABLE.match(line)]
    if not tables:
        yield 1, Said(_NO_LIST)
    for number, table in enumerate(tables):
        yield places[number] if number < len(places) else 1, _parsed(table, parse)


def _parsed(value: object, parse: Parse) -> Line | Said | None:
    """A mere text is a joke, too."""
    if isinstance(value, str):
        value = {"joke": value}
    if not isinstance(value, dict):
        return Said("Each joke should be one whole {{…}} with its keys.")
    try:
        return parse(value)
    except UserError as error:
        return error.said
