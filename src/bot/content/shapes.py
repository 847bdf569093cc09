"""Jokes as others write them: JokeAPI, and the data sets that go round."""

from __future__ import annotations

import re
from hashlib import blake2b
from sys import intern
from typing import TYPE_CHECKING

from bot.content import fields
from bot.errors import UserError
from bot.models.jokes import OTHER, JokeEntry
from bot.words.language import detect

if TYPE_CHECKING:
    from collections.abc import Mapping

# Where a joke stands, with its punchline: the first pair that is filled in.
PAIRS = (
    ("setup", "delivery"), ("setup", "punchline"), ("question", "answer"), ("q", "a"),
    ("title", "body"), ("title", "selftext"), ("joke", "punchline"), ("text", "punchline"),
)  # fmt: skip
ALONE = ("joke", "text", "body", "setup", "content", "question", "title")
NAMES = frozenset(ALONE) | {name for pair in PAIRS for name in pair}
# What a key begins with that follows from the words: the same joke comes to stand there once.
DERIVED = "text-"
MOST_CATEGORY_CHARS = 30
# Of these JokeAPI's `type` is the form of a joke, and the others say nothing.
_NO_CATEGORY = {"", "single", "twopart", "any", "misc", "miscellaneous", "general", "jokes", "none"}
_LETTERS = re.compile("[^a-z]+")


def is_foreign(values: Mapping[str, object]) -> bool:
    """Whether an object is a joke in another shape than that of content files."""
    own = {"id", "category", "text"} <= values.keys()
    news = {"topic", "url"} & values.keys()
    return not own and not news and any(_folded(name) in NAMES for name in values)


def joke(values: Mapping[str, object], language: str | None, default: str) -> JokeEntry | None:
    """The joke; None for one that is marked as unfit for everybody.

    Its language is what it says, else the given one, else what it is written in, else `default`.
    """
    said = {_folded(name): value for name, value in values.items()}
    if _is_unsafe(said):
        return None
    text, punchline = _words(said)
    if punchline is not None:
        fields.check_length("text” and “punchline", f"{text}\n\n{punchline}")
    told = said.get("lang") or said.get("language")
    spoken = told if isinstance(told, str) and told in fields.LANGUAGES else language
    return JokeEntry(
        key_of(text, punchline), spoken or _told(text, default), _category(said), text, punchline
    )


def key_of(text: str, punchline: str | None) -> str:
    """A key that follows from the words."""
    said = " ".join(f"{text} {punchline or ''}".casefold().split())
    return f"{DERIVED}{blake2b(said.encode(), digest_size=12).hexdigest()}"


def _words(said: Mapping[str, object]) -> tuple[str, str | None]:
    for first, second in PAIRS:
        if _filled(said, first) and _filled(said, second):
            return fields.text(said, first), fields.text(said, second)
    for name in ALONE:
        if _filled(said, name):
            return fields.text(said, name), None
    named = next((name for name in ALONE if name in said), None)
    if named is not None:
        return fields.text(said, named), None
    raise UserError("There is no joke here: its text should be called text, joke or setup.")


def _filled(said: Mapping[str, object], name: str) -> bool:
    value = said.get(name)
    return isinstance(value, str) and bool(value.strip())


def _is_unsafe(said: Mapping[str, object]) -> bool:
    flags = said.get("flags")
    return said.get("safe") is False or (isinstance(flags, dict) and any(flags.values()))


def _category(said: Mapping[str, object]) -> str:
    for name in ("category", "type"):
        found = _LETTERS.sub("", str(said.get(name) or "").casefold())[:MOST_CATEGORY_CHARS]
        if found not in _NO_CATEGORY:
            return intern(found)
    return OTHER


def _told(text: str, default: str) -> str:
    found = detect(text)
    return intern(found) if found in fields.LANGUAGES else default


def _folded(name: object) -> str:
    return str(name).strip().casefold()
