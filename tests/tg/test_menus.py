"""Telegram's menus follow the roll, for each audience in each language."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from telegram import BotCommandScopeChat

from bot.texts import mark
from bot.tg.command import Command
from bot.tg.menus import publish, publish_for
from tests.tg.house import PING, serving

if TYPE_CHECKING:
    from bot.playground import Playground
    from bot.store.database import Database

JOKE = Command("joke", mark("a joke, or one about a word: /joke cat"), PING.run, in_menu=True)
ABOUT = Command("about", mark("what this is, and your numeric id"), PING.run)
QUEUE = Command("queue", mark("all I can do"), PING.run, in_menu=True, needs="editor")
ROLL = (JOKE, ABOUT, QUEUE)


def menus(telegram: Playground) -> dict[tuple[str, object], list[str]]:
    """(language, admin or None) -> the commands that Telegram took."""
    found = {}
    for call in telegram.calls_of("setMyCommands"):
        if call.status == 200:
            params: dict[str, Any] = dict(call.params)
            scope = json.loads(params["scope"])
            commands = json.loads(params["commands"])
            key = (str(params.get("language_code", "")), scope.get("chat_id"))
            found[key] = [command["command"] for command in commands]
    return found


async def test_people_and_admins_have_menus_in_every_language(
    telegram: Playground, db: Database
) -> None:
    owner = telegram.person("Owner")
    await owner.send("hello")
    async with serving(telegram, db) as house:
        await publish(house.application.bot, ROLL, {owner.id: "owner"}, "en")
    assert menus(telegram) == {
        ("", None): ["joke"], ("", owner.id): ["joke", "queue"],
        ("zh", None): ["joke"], ("zh", owner.id): ["joke", "queue"],
    }  # fmt: skip


async def test_the_menu_speaks_each_language_and_the_host_s_is_for_all_others(
    telegram: Playground, db: Database
) -> None:
    async with serving(telegram, db) as house:
        await publish(house.application.bot, [JOKE], {}, "zh")
    said = {
        str(call.params.get("language_code", "")): json.loads(str(call.params["commands"]))
        for call in telegram.calls_of("setMyCommands")
    }
    assert said["en"][0]["description"] == "a joke, or one about a word: /joke cat"
    assert "joke, or one" not in said[""][0]["description"]
    assert set(said) == {"", "en"}


async def test_an_admin_without_a_chat_keeps_no_other_from_their_menu_and_is_no_trouble(
    telegram: Playground, db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    owner = telegram.person("Owner")
    await owner.send("hello")
    async with serving(telegram, db) as house:
        await publish(house.application.bot, ROLL, {424242: "owner", owner.id: "owner"}, "en")
    assert menus(telegram)["", owner.id] == ["joke", "queue"]
    assert menus(telegram)["zh", owner.id] == ["joke", "queue"]
    assert "menu" not in caplog.text


async def test_where_admins_have_nothing_more_they_get_no_menu_of_their_own(
    telegram: Playground, db: Database
) -> None:
    async with serving(telegram, db) as house:
        await publish(house.application.bot, [JOKE, ABOUT], {5: "owner"}, "en")
    assert set(menus(telegram)) == {("", None), ("zh", None)}


async def test_a_menu_shows_what_the_role_may_do_and_goes_with_it(
    telegram: Playground, db: Database
) -> None:
    ann, bob = telegram.person("Ann"), telegram.person("Bob")
    for person in (ann, bob):
        await person.send("hello")
    async with serving(telegram, db) as house:
        bot = house.application.bot
        await publish(bot, ROLL, {ann.id: "editor", bob.id: "moderator"}, "en")
        assert menus(telegram)["", ann.id] == ["joke", "queue"]
        assert ("", bob.id) not in menus(telegram)
        await publish_for(bot, ROLL, ann.id, None, "en")
        assert await bot.get_my_commands(BotCommandScopeChat(ann.id)) == ()


@pytest.mark.usefixtures("_no_pauses")
async def test_a_telegram_that_fails_ends_nothing(telegram: Playground, db: Database) -> None:
    async with serving(telegram, db) as house:
        telegram.faults.answer("setMyCommands", 500)
        await publish(house.application.bot, [JOKE], {}, "en")
    assert ("zh", None) in menus(telegram)
