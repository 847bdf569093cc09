"""A real bot runs against the playground unchanged."""

from collections.abc import AsyncIterator

import pytest

from bot.playground import Playground
from tests.playground.bot import QUOTE, running_bot


@pytest.fixture(autouse=True)
async def bot(telegram: Playground) -> AsyncIterator[None]:
    async with running_bot(telegram):
        yield


async def test_a_command_is_answered(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/joke")
    message = await ann.reply()
    quote = f"<blockquote expandable>{QUOTE.strip()}</blockquote>"
    assert message.html == f"<b>Ha</b> <tg-spoiler>ho</tg-spoiler>\n{quote}"
    assert message.buttons == [["😂 12", "Why"], ["Site", "Share", "Vanish"]]


async def test_a_press_is_answered_and_edits(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/joke")
    message = await ann.reply()
    why = await ann.press(message, "Why")
    assert (why, why.alert) == ("Because.", True)
    assert await ann.press(message, "😂") == "noted"
    await message.edited()
    assert (message.text, message.buttons) == ("told", [])


async def test_a_file_goes_up_and_comes_down(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.upload(b"hello", "报告.txt")
    message = await ann.reply()
    assert message.document
    assert (message.document.name, message.document.data) == ("re: 报告.txt", b"HELLO")


async def test_inline_results_are_offered(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    results = await ann.inline("cats")
    assert results[0].title == "About cats"
    assert (await ann.choose(results[0])).html == "<b>told</b>"


async def test_two_people_talk_at_the_same_time(telegram: Playground) -> None:
    ann, bob = telegram.person("Ann"), telegram.person("Bob")
    await ann.send("from Ann")
    await bob.send("from Bob")
    assert (await ann.reply()).text == "from Ann"
    assert (await bob.reply()).text == "from Bob"
    await telegram.quiet()
