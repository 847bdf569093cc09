"""Greeting, help, settings, and what the bot does with everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bot.playground import Playground


async def test_start_asks_nothing_and_its_buttons_lead_to_the_shelves(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    await ann.send("/start")
    hello = await ann.reply()
    assert hello.buttons == [
        ["😄 Joke", "📰 Headlines", "📖 Report"],
        ["☀️ One brief a day", "中文"],
    ]
    for label, sign in (("Joke", "😂"), ("Headlines", "1"), ("Report", "1"), ("brief", "7:00")):
        await ann.press(hello, label)
        assert sign in (await ann.reply()).buttons[0]


async def test_one_press_changes_the_language_and_it_stays(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/start")
    hello = await ann.reply()
    assert await ann.press(hello, "中文") == "好，以后说中文。"
    assert (await hello.edited()).buttons[0][0] == "😄 笑话"
    await ann.send("/settings")
    assert "中文 ✓" in (await ann.reply()).buttons[0]


async def test_quiet_hours_are_one_press_away(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/settings")
    settings = await ann.reply()
    assert settings.buttons[1] == ["🌙 None ✓", "22–7", "23–8", "0–9"]
    await ann.press(settings, "22–7")
    assert (await settings.edited()).buttons[1] == ["🌙 None", "22–7 ✓", "23–8", "0–9"]
    await ann.press(settings, "None")
    assert (await settings.edited()).buttons[1][0] == "🌙 None ✓"


async def test_in_a_group_only_its_admins_change_the_language(telegram: Playground) -> None:
    ann, bob = telegram.person("Ann"), telegram.person("Bob")
    team = telegram.group("Team", members=[ann, bob])
    await ann.reply(in_=team)
    await bob.send("/settings", in_=team)
    choice = await bob.reply(in_=team)
    refused = await bob.press(choice, "中文")
    assert refused == "Only this chat's admins can change its settings."
    assert await ann.press(choice, "中文") == "好，以后说中文。"


async def test_a_group_may_have_a_bare_report_answered(telegram: Playground) -> None:
    """Otherwise it is a call to the moderators, which other bots hear."""
    ann, bob = telegram.person("Ann"), telegram.person("Bob")
    team = telegram.group("Team", members=[ann, bob])
    await ann.reply(in_=team)
    await ann.send("/report", in_=team)
    await ann.send("/settings", in_=team)
    choice = await ann.reply(in_=team)
    assert choice.buttons[2] == ["Answer /report"]
    assert "only this chat's admins" in (await bob.press(choice, "Answer /report")).lower()
    await ann.press(choice, "Answer /report")
    assert (await choice.edited()).buttons[2] == ["Answer /report ✓"]
    await ann.send("/report", in_=team)
    assert "Reports, in their own words" in (await ann.reply(in_=team)).text
    await ann.send("/help", in_=team)
    assert "/report – " in (await ann.reply(in_=team)).text
    await ann.press(choice, "Answer /report")
    assert (await choice.edited()).buttons[2] == ["Answer /report"]
    await ann.send("/report", in_=team)
    await telegram.quiet()
    assert not ann.unread(in_=team)


async def test_in_private_there_is_nobody_to_leave_a_report_to(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/settings")
    settings = await ann.reply()
    assert len(settings.buttons) == 2
    assert "/report" not in settings.text


async def test_help_names_every_command_of_the_menu(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/help")
    text = (await ann.reply()).text
    assert all(f"/{name} " in text for name in ("joke", "headlines", "report", "settings"))
    assert "/invite" not in text


async def test_help_in_a_group_names_what_is_answered_there(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    team = telegram.group("Team", members=[ann])
    await ann.reply(in_=team)
    await ann.send("/help", in_=team)
    text = (await ann.reply(in_=team)).text
    assert "/longread – " in text
    assert "/report – " not in text


async def test_about_tells_ones_numeric_id(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/about")
    assert str(ann.id) in (await ann.reply()).text


async def test_a_mistyped_command_gets_the_nearest_one(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/jok")
    assert (await ann.reply()).text == "I don't know /jok. Did you mean /joke?"


async def test_a_command_for_another_bot_is_told_apart_from_ours(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/joke@other_bot")
    assert (await ann.reply()).text == "I don't know /joke@other_bot. Did you mean /joke?"


async def test_what_has_no_words_gets_the_helpful_line_too(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.upload(b"GIF89a\x09\x00\x09\x00", "cat.gif", photo=True)
    assert "Pick one" in (await ann.reply()).text


async def test_plain_text_gets_a_helpful_line_with_buttons(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("good morning 😀")
    assert "Joke" in (await ann.reply()).buttons[0][0]


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("Hello!", "😄 Joke"),
        ("tell me a joke, please", "Another"),
        ("what's the news?", "Topics"),
        ("今天有什么新闻？", "话题"),
        ("我想看报告", "1"),
        ("设置", "中文 ✓"),
        ("我要订阅", "7:00"),
        ("早上七点半", "不是"),
        ("取消", "☀️ 每日简报"),
    ],
)
async def test_who_knows_no_command_is_understood(
    telegram: Playground, said: str, label: str
) -> None:
    ann = telegram.person("Ann", language_code="en" if said.isascii() else "zh-hans")
    await ann.send(said)
    assert label in [each for row in (await ann.reply()).buttons for each in row]


@pytest.mark.parametrize("said", ["help me!", "怎么用？"])
async def test_who_asks_for_help_sees_the_commands(telegram: Playground, said: str) -> None:
    ann = telegram.person("Ann")
    await ann.send(said)
    assert "/joke – " in (await ann.reply()).text


async def test_what_has_no_letters_is_not_searched_for(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("👍👍")
    assert (await ann.reply()).text.startswith("I can tell")


async def test_groups_are_left_in_peace(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    team = telegram.group("Team", members=[ann])
    assert "Jokes" in (await ann.reply(in_=team)).text
    await ann.send("good morning", in_=team)
    await ann.send("/unknown", in_=team)
    await ann.send("/about", in_=team)
    assert str(ann.id) in (await ann.reply(in_=team)).text


async def test_an_old_button_is_answered(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/start")
    hello = await ann.reply()
    hello.keyboard[0][0]["callback_data"] = "gone:1"
    assert await ann.press(hello, "Joke") == "This button is no longer in use."


async def test_a_person_who_blocked_the_bot_comes_back_with_start(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/joke")
    await ann.reply()
    ann.block()
    ann.unblock()
    await ann.send("/start")
    assert (await ann.reply()).buttons


async def test_the_menu_is_set_in_both_languages(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/joke")
    await ann.reply()
    calls = telegram.calls_of("setMyCommands")
    languages = {call.params.get("language_code") for call in calls}
    assert {"zh"} < {str(code) for code in languages}
