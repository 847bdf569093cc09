"""/search, and plain text in a private chat, as people read what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bot.playground import Playground


async def test_a_word_finds_stories_reports_and_jokes_and_stands_in_bold(
    telegram: Playground,
) -> None:
    ann = telegram.person("Ann")
    await ann.send("/search harbour")
    found = await ann.reply()
    assert found.text.startswith("🔎 Found for “harbour”\n\n1. ")
    assert "<b>harbour</b>" in found.html.lower()
    await ann.press(found, "1")
    assert (await ann.reply()).text != found.text


async def test_plain_text_in_a_private_chat_searches(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("black hole")
    found = await ann.reply()
    assert found.text.startswith("🔎 Found for “black hole”")
    assert "Astronomers" in found.text
    await ann.send("zzzz qqqq")
    nothing, hint = (await ann.reply()).text.splitlines()
    assert nothing == "Nothing here has “zzzz qqqq”."
    assert "Pick one" in hint


async def test_the_word_itself_goes_before_words_that_begin_so(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("cattle")
    assert "pancreas" in (await ann.reply()).text
    await ann.send("cat")
    found = await ann.reply()
    assert " cat" in found.text.split("\n\n")[1].lower()
    assert any(label.startswith("📰") for row in found.buttons for label in row)


async def test_pages_turn_and_the_other_shelves_are_a_press_away(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/search said")
    found = await ann.reply()
    jokes = next(label for row in found.buttons for label in row if label.startswith("😄"))
    await ann.press(found, jokes)
    first = (await found.edited()).text
    await ann.press(found, "▸")
    assert "6. " in (await found.edited()).text
    await ann.press(found, "◂")
    assert (await found.edited()).text == first
    await ann.press(found, "1")
    assert "Another" in (await ann.reply()).buttons[0]


async def test_chinese_is_found_by_its_characters(telegram: Playground) -> None:
    mei = telegram.person("Mei", language_code="zh")
    await mei.send("疟疾")
    found = await mei.reply()
    assert found.text.startswith("🔎 “疟疾”的搜索结果")
    assert "疟疾" in found.text.split("\n\n")[1]


async def test_what_is_shown_of_a_find_is_short_and_has_the_words_as_they_were_typed(
    telegram: Playground,
) -> None:
    mei, ann = telegram.person("Mei", language_code="zh"), telegram.person("Ann")
    await mei.send("/search 居民")
    assert all(len(each) < 200 for each in (await mei.reply()).text.split("\n\n"))
    await ann.send("/search filter machine")
    assert "filter machine" in (await ann.reply()).text.split("\n\n")[1]


@pytest.mark.parametrize("query", ['"', "*", "NEAR(", "zzzz:^", "😀😀😀", "' OR 1=1", "x" * 4000])
async def test_a_hostile_query_is_answered_in_one_sentence(
    telegram: Playground, query: str
) -> None:
    ann = telegram.person("Ann")
    await ann.send(f"/search {query}")
    answer = await ann.reply()
    assert answer.text.startswith("Nothing here has") or "Found for" in answer.text


async def test_searching_for_nothing_says_how_it_is_done(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/search")
    assert "/search harbour gate" in (await ann.reply()).text
