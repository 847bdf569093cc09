"""JSON Lines: jokes, headlines and words of topics, one a line, read as a stream."""

from __future__ import annotations

import codecs
import json
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from bot.config import MAX_CONTENT_LINE_CHARS
from bot.content import fields, shapes
from bot.errors import UserError
from bot.models.headlines import HeadlineEntry, TopicWords
from bot.models.jokes import JokeEntry
from bot.texts import mark
from bot.words.language import detect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bot.content.models import Entry, Line, Shelf
    from bot.models.said import Said

    Parse = Callable[[Mapping[str, object]], Line | None]

Lines = Literal["jokes", "headlines", "topics"]
JOKE = ("id", "category", "text")
HEADLINE = ("id", "topic", "title", "source", "url", "published", "text")
BYTES_AT_ONCE = 1 << 18
OUT_OF_BOUNDS = mark("This JSON is out of bounds: a huge number, or too deep.")
_WIDE_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_lines(
    stream: BinaryIO, parse: Parse, on_bytes: Callable[[int], None] | None = None
) -> Iterator[tuple[int, Line | Said | None]]:
    """Each line's number with what it holds, or with what is wrong in it; blank ones are skipped.

    Raises a UserError where the whole file is in another encoding.
    """
    for number, raw in enumerate(_watched(stream, on_bytes) if on_bytes else stream, 1):
        if number == 1:
            raw = _without_mark(raw)  # noqa: PLW2901
        if raw.isspace() or not raw:
            continue
        try:
            yield number, parse(_object(raw))
        except UserError as error:
            yield number, error.said


def _watched(stream: BinaryIO, on_bytes: Callable[[int], None]) -> Iterator[bytes]:
    waiting = 0
    for raw in stream:
        yield raw
        waiting += len(raw)
        if waiting > BYTES_AT_ONCE:
            on_bytes(waiting)
            waiting = 0
    on_bytes(waiting)


def in_folder(shelf: Lines, language: str) -> Parse:
    """How lines of `jokes/en.jsonl` are read; headlines of a content folder are samples."""
    if shelf == "jokes":
        return lambda values: _joke(values, language)
    if shelf == "topics":
        return lambda values: _topic(values, language)
    return lambda values: _headline(values, language, sample=True)


def alone(shelf: Shelf | None, language: str | None, default: str = "en") -> Parse:
    """How lines are read that come alone: a line may name its language, and shows its shelf.

    Jokes may have the shapes of others; those whose language can't be told are in `default`.
    """

    def parse(values: Mapping[str, object]) -> Entry | None:
        if shelf != "headlines" and shapes.is_foreign(values):
            return shapes.joke(values, language, default)
        rest = dict(values)
        named = rest.pop("language", None)
        known = fields.language(fields.text(values, "language")) if named else language
        kind = shelf or ("headlines" if {"topic", "title", "url"} & rest.keys() else "jokes")
        if kind == "jokes":
            return _joke(rest, known)
        return _headline(rest, known, sample=False)

    return parse


def _joke(values: Mapping[str, object], language: str | None) -> JokeEntry:
    fields.check_keys(values, JOKE, ("punchline",))
    text = fields.text(values, "text")
    punchline = fields.text(values, "punchline") if "punchline" in values else None
    if punchline is not None:
        fields.check_length("text” and “punchline", f"{text}\n\n{punchline}")
    return JokeEntry(
        fields.key(values), language or _told(text), fields.category(values), text, punchline
    )


def _headline(values: Mapping[str, object], language: str | None, *, sample: bool) -> HeadlineEntry:
    fields.check_keys(values, HEADLINE, ("late", "sample"))
    title = " ".join(fields.text(values, "title").split())
    text = fields.text(values, "text", MAX_CONTENT_LINE_CHARS)
    return HeadlineEntry(
        key=fields.key(values),
        language=language or _told(f"{title}\n{text}"),
        topic=fields.topic(fields.text(values, "topic")),
        title=title,
        source=" ".join(fields.text(values, "source").split()),
        url=fields.url(fields.text(values, "url")) if values["url"] != "" else "",
        published=fields.moment(values, "published"),
        text=text,
        sample=fields.yes(values, "sample", sample),
        late=fields.yes(values, "late"),
    )


def _topic(values: Mapping[str, object], language: str) -> TopicWords:
    fields.check_keys(values, ("topic", "words"))
    return TopicWords(language, fields.topic(fields.text(values, "topic")), fields.words(values))


def _told(text: str) -> str:
    found = detect(text)
    if found not in fields.LANGUAGES:
        raise UserError('Its language can\'t be told; please add one, like "language": "de".')
    return found


def _without_mark(raw: bytes) -> bytes:
    if raw.startswith(_WIDE_BOMS) or b"\0" in raw:
        raise UserError("The file is not UTF-8 text; please save it as UTF-8.")
    return raw.removeprefix(codecs.BOM_UTF8)


def _object(raw: bytes) -> dict[str, object]:
    if len(raw) > MAX_CONTENT_LINE_CHARS * 4:
        raise UserError(
            "The line is too long; please keep it below {most:,} characters.",
            most=MAX_CONTENT_LINE_CHARS,
        )
    try:
        found = DECODER.decode(raw.decode())
    except UnicodeDecodeError:
        raise UserError("The line is not UTF-8 text; please save the file as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise UserError(
            "This is no valid JSON: {why} at column {column}. Please mend it; each line is one "
            "whole {{…}}.",
            why=error.msg, column=error.colno,
        ) from None  # fmt: skip
    except (ValueError, RecursionError):
        raise UserError(OUT_OF_BOUNDS) from None
    if not isinstance(found, dict):
        raise UserError("Each line should be one whole {{…}} with its keys.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise UserError(fields.TWICE, name=fields.shown(twice))
    return found


DECODER = json.JSONDecoder(object_pairs_hook=_once)
