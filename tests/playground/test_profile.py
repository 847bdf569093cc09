"""What the bot says about itself, by scope and language."""

import pytest

from bot.playground import Playground
from bot.playground.methods.profile import commands_for
from tests.playground.conftest import Api


def menu(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": f"About {name}"} for name in names]


async def test_commands_are_kept_by_scope_and_language(api: Api) -> None:
    groups = {"type": "all_group_chats"}
    await api.result("setMyCommands", commands=menu("joke", "help"))
    await api.result("setMyCommands", commands=menu("joke"), scope=groups, language_code="zh")
    assert await api.result("getMyCommands") == menu("joke", "help")
    assert await api.result("getMyCommands", scope=groups, language_code="zh") == menu("joke")
    assert await api.result("getMyCommands", scope=groups) == []
    await api.result("deleteMyCommands")
    assert await api.result("getMyCommands") == []


async def test_a_person_sees_the_nearest_menu(api: Api, telegram: Playground) -> None:
    ann = telegram.person("Ann")
    li = telegram.person("Li", language_code="zh-hans")
    await ann.send("/start")
    await api.result("setMyCommands", commands=menu("joke"))
    await api.result("setMyCommands", commands=menu("xiaohua"), language_code="zh")
    scope = {"type": "chat", "chat_id": ann.id}
    await api.result("setMyCommands", commands=menu("admin"), scope=scope)
    assert commands_for(telegram.world, ann.user, ann.id) == menu("admin")
    assert commands_for(telegram.world, li.user, li.id) == menu("xiaohua")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ({"command": "Ärger", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "x" * 33, "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "joke", "description": ""}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_a_bad_command_is_refused(api: Api, command: dict[str, str], words: str) -> None:
    assert await api.refusal("setMyCommands", commands=[command]) == f"Bad Request: {words}"


async def test_name_and_descriptions_have_languages(api: Api) -> None:
    assert await api.result("getMyName") == {"name": "Quipwire"}
    for what in ("Name", "Description", "ShortDescription"):
        field = {"Name": "name", "Description": "description"}.get(what, "short_description")
        await api.result(f"setMy{what}", **{field: "plain"})
        await api.result(f"setMy{what}", **{field: "简体"}, language_code="zh")
        assert await api.result(f"getMy{what}") == {field: "plain"}
        assert await api.result(f"getMy{what}", language_code="zh") == {field: "简体"}
        assert await api.result(f"getMy{what}", language_code="de") == {field: "plain"}


async def test_the_menu_button_is_kept(api: Api) -> None:
    await api.result("setChatMenuButton", menu_button={"type": "commands"})
    assert await api.result("getChatMenuButton") == {"type": "commands"}
