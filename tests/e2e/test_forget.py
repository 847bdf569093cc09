"""/forget as people meet it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.playground import Playground

NOT_FOR_YOU = "This button is for whoever asked for it."


async def test_a_copy_comes_first_and_then_nothing_is_left(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/follow moon")
    await ann.reply()
    await ann.send("/forget")
    asked = await ann.reply()
    assert asked.buttons == [["Send me a copy first"], ["Forget everything", "Keep"]]
    await ann.press(asked, "Send me a copy first")
    file = (await ann.reply()).document
    assert file is not None
    assert json.loads(file.data)["interests"][0]["name"] == "moon"
    await ann.press(asked, "Forget everything")
    assert (await asked.edited()).text == "Forgotten. Whenever you like, we start anew with /start."
    await ann.send("/follow")
    assert "You follow and mute nothing yet" in (await ann.reply()).text
    await ann.send("/follow sun")
    assert "You follow “sun” now" in (await ann.reply()).text


async def test_who_keeps_it_keeps_all(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/follow moon")
    await ann.reply()
    await ann.send("/forget")
    asked = await ann.reply()
    await ann.press(asked, "Keep")
    assert (await asked.edited()).text == "Nothing was forgotten."
    await ann.send("/follow")
    assert "★ “moon”" in (await ann.reply()).text


async def test_only_who_asked_may_confirm_and_only_for_a_while(telegram: Playground) -> None:
    ann, ben = telegram.person("Ann"), telegram.person("Ben")
    club = telegram.group("Club", members=[ann, ben])
    await ann.reply(in_=club)
    await ben.reply(in_=club)
    await ben.send("/forget", in_=club)
    assert "Only this chat's admins" in (await ben.reply(in_=club)).text
    await ann.reply(in_=club)
    await ann.send("/forget", in_=club)
    asked = await ann.reply(in_=club)
    assert await ben.press(asked, "Forget everything") == NOT_FOR_YOU
    asked.keyboard[1][0]["callback_data"] = f"forget:{ann.id:x}.1000:all"
    assert "has had its time" in await ann.press(asked, "Forget everything")


async def test_who_was_forgotten_in_private_is_met_anew_in_their_groups(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    club = telegram.group("Club", members=[ann])
    await ann.reply(in_=club)
    await ann.send("/joke", in_=club)
    joke = await ann.reply(in_=club)
    await ann.send("/forget")
    asked = await ann.reply()
    await ann.press(asked, "Forget everything")
    await asked.edited()
    assert await ann.press(joke, "😂") == "Glad you liked it."


async def test_catching_up_tells_what_was_missed_and_then_that_it_is_known(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    await ann.send("/catchup")
    missed = await ann.reply()
    assert missed.text.startswith("📰 The last day in short")
    assert len(missed.buttons[0]) == 7
    for _ in range(9):
        await ann.send("/catchup")
        if (missed := await ann.reply()).text.startswith("Nothing new"):
            break
    assert missed.text.endswith("you know it all.")
