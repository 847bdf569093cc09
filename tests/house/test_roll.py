"""The roll is complete, and everything on it is documented and can be said to Telegram."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from itertools import chain
from keyword import iskeyword
from typing import TYPE_CHECKING

import pytest

from bot import commands
from bot.texts import CATALOGUES, Texts
from bot.texts.extract import messages
from tests.house.tree import ROOT, SRC, read

if TYPE_CHECKING:
    from bot.tg.command import Command

MENU = ["joke", "headlines", "report", "digest", "subscribe", "saved", "settings", "help"]
ADMINS_MENU = {"admin", "addjoke", "addheadline", "addreport", "addfeed", "queue", "stats", "undo"}
NAMES = [name for command in commands.ROLL for name in (command.name, *command.aliases)]
each = pytest.mark.parametrize("command", commands.ROLL, ids=[c.name for c in commands.ROLL])


def documented() -> set[str]:
    """The commands that the README's table names."""
    section = read("README.md").split("\n## Commands\n", 1)[1].split("\n## ", 1)[0]
    return {name for row in section.splitlines() for name in re.findall(r"`/(\w+)", row)}


@cache
def translatable() -> set[object]:
    return {message.id for message in messages()}


def test_every_file_with_a_command_is_on_the_roll() -> None:
    files = [path.stem for path in (SRC / "commands").glob("*.py") if path.stem != "__init__"]
    made = [import_module(f"bot.commands.{name}") for name in files]
    found = [module.COMMAND for module in made if hasattr(module, "COMMAND")]
    assert {command.name for command in found} == {command.name for command in commands.ROLL}
    assert len(found) == len(commands.ROLL)


def test_every_file_without_a_command_takes_what_no_command_does() -> None:
    files = [path.stem for path in (SRC / "commands").glob("*.py") if path.stem != "__init__"]
    made = [import_module(f"bot.commands.{name}") for name in files]
    others = [m for m in made if not hasattr(m, "COMMAND")]
    handlers = [handler for module in others for handler in getattr(module, "HANDLERS", ())]
    assert sorted(map(id, handlers)) == sorted(map(id, [*chain(*commands.FIRST), *commands.OTHERS]))


def test_a_command_lives_in_the_file_of_its_name() -> None:
    """`import` is a word of Python's, and no module can be called so."""
    for command in commands.ROLL:
        name = "importing" if iskeyword(command.name) else command.name
        assert (SRC / "commands" / f"{name}.py").exists()


def test_no_name_and_no_button_is_taken_twice() -> None:
    nouns = [noun for command in commands.ROLL for noun in command.buttons]
    assert len(set(NAMES)) == len(NAMES)
    assert len(set(nouns)) == len(nouns)


def test_the_menu_is_the_one_people_know() -> None:
    people = [c.name for c in commands.ROLL if c.in_menu and c.needs is None]
    assert people == MENU


def test_the_menu_of_admins_has_eight_more_at_most() -> None:
    theirs = [c.name for c in commands.ROLL if c.in_menu and c.needs]
    assert set(theirs) <= ADMINS_MENU
    assert {"admin", "addfeed", "undo"} <= set(theirs)


@each
@pytest.mark.parametrize("language", CATALOGUES)
def test_telegram_takes_every_name_and_summary(command: Command, language: str) -> None:
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in (command.name, *command.aliases))
    assert 3 <= len(Texts(language).say(command.summary)) <= 256 or language == "zh"
    assert Texts(language).say(command.summary).strip()


@each
def test_every_summary_can_be_translated(command: Command) -> None:
    assert command.summary in translatable()


@pytest.mark.parametrize("name", NAMES)
def test_every_name_and_alias_stands_in_the_readme(name: str) -> None:
    assert name in documented()


def test_the_readme_names_no_command_that_does_not_exist() -> None:
    assert documented() <= set(NAMES)


@each
def test_every_command_is_tried_end_to_end(command: Command) -> None:
    tests = [path.read_text("utf-8") for path in (ROOT / "tests" / "e2e").glob("test_*.py")]
    assert any(re.search(rf"/{command.name}\b", text) for text in tests)
