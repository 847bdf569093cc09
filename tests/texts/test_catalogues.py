"""The catalogues say all that the code says, whole and unbroken."""

from __future__ import annotations

import ast
import re
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from bot.playground.html import parse_html
from bot.texts import CATALOGUES
from bot.texts.extract import HOUSE, KEYWORDS, ROOMS, messages, path

if TYPE_CHECKING:
    from pathlib import Path

    from babel.messages.catalog import Catalog, Message

NAMES = [name for name in CATALOGUES.values() if name]


def stored(name: str) -> Catalog:
    with path(name).open("rb") as file:
        return read_po(file, locale=name)


def every_message() -> list[tuple[str, Message]]:
    return [(name, message) for name in NAMES for message in stored(name) if message.id]


def words(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


def names_of(message: Message) -> str:
    return words(message.id)[0][:60]


ALL = pytest.mark.parametrize(
    "message",
    [message for _, message in every_message()],
    ids=[f"{name}: {names_of(message)}" for name, message in every_message()],
)


@pytest.mark.parametrize("name", NAMES)
def test_the_catalogue_has_exactly_the_messages_of_the_code(name: str) -> None:
    in_code = {message.id for message in messages() if message.id}
    in_file = {message.id for message in stored(name) if message.id}
    assert in_file == in_code, "run `make texts` and translate what is new"
    assert not stored(name).obsolete


def test_the_code_has_something_to_say() -> None:
    assert {"Another", "Headlines", "That report is no longer on the shelf."} <= {
        message.id for message in messages()
    }


def put_together(file: Path) -> list[int]:
    """The lines where a message has its values in it already, so that no catalogue knows it."""
    calls = (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call))
    return [
        call.lineno
        for call in calls
        if getattr(call.func, "attr", getattr(call.func, "id", None)) in KEYWORDS
        and any(isinstance(part, ast.JoinedStr | ast.BinOp) for part in call.args[:1])
    ]


def test_no_message_is_put_together_before_it_is_translated() -> None:
    files = [file for room in ROOMS for file in sorted((HOUSE / room).rglob("*.py"))]
    found = {file.name: lines for file in files if (lines := put_together(file))}
    assert len(files) > 100
    assert found == {}


@ALL
def test_no_message_is_missing_or_fuzzy(message: Message) -> None:
    assert words(message.string)
    assert all(text.strip() for text in words(message.string))
    assert not message.fuzzy


@ALL
def test_every_placeholder_stands_in_the_translation(message: Message) -> None:
    wanted = set().union(*map(placeholders, words(message.id)))
    for text in words(message.string):
        assert placeholders(text) == wanted


@ALL
def test_the_html_of_a_translation_is_what_telegram_takes(message: Message) -> None:
    tags = re.compile(r"</?[a-z-]+>")
    for text in words(message.string):
        assert sorted(tags.findall(text)) == sorted(tags.findall(words(message.id)[0]))
        if tags.search(text):
            parse_html(text)


@ALL
def test_a_translation_keeps_the_message_s_commands_and_line_breaks(message: Message) -> None:
    commands = re.compile(r"(?<![\w:/<])/[a-z]+")
    for text in words(message.string):
        assert commands.findall(text) == commands.findall(words(message.id)[0])
        assert text.count("\n") == words(message.id)[0].count("\n")
