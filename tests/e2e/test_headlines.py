"""/headlines as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.playground import Playground, Received


async def first_page(telegram: Playground, command: str = "/headlines") -> Received:
    ann = telegram.person("Ann")
    await ann.send(command)
    return await ann.reply()


async def test_a_page_has_five_linked_titles_each_with_a_quote(telegram: Playground) -> None:
    page = await first_page(telegram)
    kinds = [entity["type"] for entity in page.entities]
    assert kinds.count("text_link") == 5
    assert kinds.count("expandable_blockquote") == 5
    assert page.text.startswith("📰 Headlines")
    assert page.text.count("Sample") >= 5


async def test_pages_turn_in_place(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/headlines")
    page = await ann.reply()
    first = page.text
    assert page.buttons[0] == ["Topics", "▸"]
    await ann.press(page, "▸")
    second = await page.edited()
    assert "6." in second.text
    assert second.buttons[0][0] == "◂"
    await ann.press(second, "◂")
    assert (await second.edited()).text == first


async def test_a_topic_button_shows_only_that_topic(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/headlines")
    page = await ann.reply()
    await ann.press(page, "Topics")
    topics = await page.edited()
    await ann.press(topics, "science")
    assert (await topics.edited()).text.startswith("📰 Headlines: science")


async def test_a_word_without_news_says_so_and_offers_topics(telegram: Playground) -> None:
    answer = await first_page(telegram, "/headlines <script>")
    assert answer.text == "No headline about “<script>” right now."
    assert answer.buttons


async def test_other_languages_wait_behind_a_button(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/headlines")
    page = await ann.reply()
    await ann.press(page, "also in Chinese")
    assert "样例" in (await page.edited()).text
