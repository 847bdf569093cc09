"""The checks of single values; what is wrong is a UserError that says what to do."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from sys import intern
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.errors import UserError
from bot.models.headlines import TOPICS
from bot.texts import mark
from bot.words.count import MESSAGE_UNITS, units

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_URL_CHARS = 2048
MOST_WORD_UNITS = 60

_CODES = """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu
    hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb
    lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om
    or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw
    ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
# ISO 639-1. A language that is none of these, like `cn` for `zh`, would never be shown to anybody.
LANGUAGES = frozenset(_CODES.split())

_KEY = re.compile(r"\S{1,100}")
_CATEGORY = re.compile(r"[a-z]{1,30}")
_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f<>\"\\^`{|}]+", re.IGNORECASE)
# Below, what nobody can show; a page may have form feeds and the like.
UNFIT_IN_PAGES = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
TWICE = mark("The key “{name}” stands twice; please keep one.")
_NULL = mark("“{name}” should be text in quotes, not null.")
_A_NUMBER = mark("“{name}” should be text in quotes, not a number.")
_NO_TEXT: dict[type, str] = {
    bool: mark("“{name}” should be text in quotes, not true or false."),
    int: _A_NUMBER,
    float: _A_NUMBER,
    list: mark("“{name}” should be text in quotes, not a list."),
    dict: mark("“{name}” should be text in quotes, not {{…}}."),
}


def shown(text: str, most: int = 60) -> str:
    """Foreign text fit for a terminal: no control characters, not too long."""
    clipped = text if len(text) <= most else text[: most - 1] + "…"
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in clipped)


def check_keys(
    values: Mapping[str, object], required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> None:
    """Refuse what is unknown and what is missing."""
    for name in values:
        if name not in required and name not in optional:
            raise UserError(
                "The key “{name}” is unknown here. Known are {known}; please mend or remove it.",
                name=shown(name), known=", ".join((*required, *optional)),
            )  # fmt: skip
    for name in required:
        if name not in values:
            raise UserError("The key “{name}” is missing; please add it.", name=name)


def text(values: Mapping[str, object], name: str, most: int = MESSAGE_UNITS) -> str:
    """A text with something in it, trimmed, of at most so many UTF-16 units."""
    value = values[name]
    if not isinstance(value, str):
        raise UserError(_NO_TEXT.get(type(value), _NULL), name=name)
    value = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not any(char.isprintable() and not char.isspace() for char in value):
        raise UserError("“{name}” is empty; please fill it in.", name=name)
    if unfit := _UNFIT.search(value):
        raise UserError(
            "“{name}” has the character U+{code:04X}, which can't be shown; please remove it.",
            name=name, code=ord(unfit[0]),
        )  # fmt: skip
    check_length(name, value, most)
    return value


def without_unfit(text: str) -> str:
    """What is left of a text from elsewhere that nobody can mend by hand."""
    return _UNFIT.sub("", text)


def check_length(name: str, value: str, most: int = MESSAGE_UNITS) -> None:
    """Refuse what would not fit a message."""
    length = units(value)
    if length > most:
        raise UserError(
            "“{name}” has {length:,} characters; please cut it to {most:,}, emoji counting two.",
            name=name, length=length, most=most,
        )  # fmt: skip


def key(values: Mapping[str, object]) -> str:
    """The stable id."""
    found = text(values, "id")
    if not _KEY.fullmatch(found):
        raise UserError("“id” should have no blanks and at most 100 characters, like en-0001.")
    return found


def category(values: Mapping[str, object]) -> str:
    """One word, as a button and a command carry it."""
    found = text(values, "category")
    if not _CATEGORY.fullmatch(found):
        raise UserError(
            "The category “{found}” should be one word of lower-case letters a-z, like office.",
            found=shown(found),
        )
    return intern(found)


def topic(found: str) -> str:
    """One of the topics there are."""
    if found not in TOPICS:
        raise UserError(
            "The topic “{found}” is unknown; please choose one of {topics}.",
            found=shown(found), topics=", ".join(TOPICS),
        )  # fmt: skip
    return intern(found)


def yes(values: Mapping[str, object], name: str, default: bool = False) -> bool:
    """True or false."""
    found = values.get(name, default)
    if not isinstance(found, bool):
        raise UserError("“{name}” should be true or false.", name=name)
    return found


def words(values: Mapping[str, object]) -> tuple[str, ...]:
    """A list of words, or of expressions of a few."""
    found = values["words"]
    if not isinstance(found, list) or not found:
        raise UserError('“words” should be a list of some, like ["goal", "world cup"].')
    return tuple(text({"words": word}, "words", MOST_WORD_UNITS) for word in found)


def language(found: str) -> str:
    """A code of two letters."""
    if found not in LANGUAGES:
        raise UserError(
            "“{found}” is no language; please write two letters, like en or zh.",
            found=shown(found),
        )
    return intern(found)


def url(found: str) -> str:
    """An address of the web."""
    try:
        sound = _ADDRESS.fullmatch(found) and urlsplit(found).hostname and urlsplit(found).port != 0
    except ValueError:
        sound = False
    if not sound or len(found) > MOST_URL_CHARS:
        raise UserError(
            "The address “{found}” should be a whole one, like https://example.org/page.",
            found=shown(found),
        )
    return found


def moment(values: Mapping[str, object], name: str) -> datetime:
    """A time with its zone, in UTC."""
    found = text(values, name)
    try:
        given = datetime.fromisoformat(found)
        if given.tzinfo is not None:
            return given.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise UserError(
        "The time “{found}” can't be read; please write it like 2024-05-01T18:30:00Z.",
        found=shown(found),
    )


def day(values: Mapping[str, object], name: str) -> date:
    """A date."""
    found = text(values, name)
    try:
        return date.fromisoformat(found)
    except ValueError:
        raise UserError(
            "The date “{found}” can't be read; please write it like 2024-05-01.",
            found=shown(found),
        ) from None
