"""Entries for the shelves out of what admins write in the chat."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.content import fields
from bot.errors import UserError
from bot.models.jokes import OTHER, JokeEntry
from bot.services import likeness
from bot.texts import mark
from bot.words.count import units
from bot.words.language import detect

if TYPE_CHECKING:
    from bot.store.database import Database

# A joke with its votes fits into one message, and into a digest.
MOST_JOKE_UNITS = 3_000
MOST_TITLE_UNITS = 300
LONG_JOKE = mark("That is long for a joke: {length} characters. Please cut it to {most}.")
LONG_TITLE = mark("That is long for a title: {length} characters. Please cut it to {most}.")
_BAR = re.compile(r"\s*[|｜]\s*")
_BLANK = re.compile(r"\n\s*\n")
_TWO = 2


async def joke(db: Database, text: str, default: str) -> JokeEntry:
    """A joke in its parts, with its language and where its like is filed; both may be changed."""
    text = written(text, "joke", MOST_JOKE_UNITS, LONG_JOKE)
    language = language_of(text, default)
    category = await likeness.category(db, language, text, OTHER)
    return JokeEntry("", language, category, *parted(text))


def written(text: str, name: str, most: int, long: str) -> str:
    """What somebody wrote or passed on, as it may stand; `long` tells them if it is too long."""
    text = fields.without_unfit(text).strip()
    if (length := units(text)) > most:
        raise UserError(long, length=length, most=most)
    return fields.text({name: text}, name, most)


def parted(text: str) -> tuple[str, str | None]:
    """Before and after a bar, a blank line, or the only line break."""
    for halves in (_BAR.split(text, 1), _BLANK.split(text), text.splitlines()):
        pair = [half.strip() for half in halves if half.strip()]
        if len(pair) == _TWO:
            return pair[0], pair[1]
    return text, None


def parted_otherwise(joke: JokeEntry) -> JokeEntry:
    """In one part if it has two; else its last line, or last sentence, is the punchline."""
    if joke.punchline is not None:
        return replace(joke, text=f"{joke.text}\n{joke.punchline}", punchline=None)
    *first, last = re.split(r"\n+|(?<=[.!?。！？…])\s*(?=\S)", joke.text)
    start = joke.text.removesuffix(last).rstrip()
    return replace(joke, text=start, punchline=last) if first and start else joke


def language_of(text: str, default: str) -> str:
    """The one that it is written in, or the chat's where that can't be told."""
    return fit(detect(text), default)


def fit(language: str, default: str) -> str:
    """A language that the shelves know."""
    return language if language in fields.LANGUAGES else default
