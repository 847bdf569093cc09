"""A stranger's first minutes: the real bot, the real page, every button pressed in a browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.cli.play import Clock
from bot.playground import Playground
from tests.e2e.conftest import serving, settings_for
from tests.playground.browser import (
    CHROMIUM,
    DESK,
    PHONE,
    running_browser,
    say,
    window,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SAVED_PAGE = Path(__file__).parents[1] / "data" / "saved-page.txt"
BOT = ".message:not(.mine)"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


@pytest.fixture(scope="module")
async def address(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """Where a playground with personas serves the page, the bot behind it."""
    folder, clocks = tmp_path_factory.mktemp("page"), list[Clock]()

    async def jump(person: int) -> None:
        await clocks[0].jump(person)

    async with Playground(personas=True, jump=jump) as telegram:
        admins = (telegram.admin_id,)
        settings = settings_for(telegram, folder, admins=admins, tick_seconds=0.1)
        clocks.append(Clock(settings))
        async with serving(settings, clocks[0]):
            yield telegram.page_url


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with running_browser() as running:
        yield running


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
async def page(
    request: pytest.FixtureRequest, address: str, browser: Browser
) -> AsyncIterator[Page]:
    async with window(browser, address, request.param) as opened:
        yield await opened.tab()


def last(page: Page) -> Locator:
    """The newest message of the bot."""
    return page.locator(BOT).last


async def ask(page: Page, text: str) -> None:
    """Send a text and wait for the answer."""
    before = await page.locator(BOT).count()
    await say(page, text)
    await expect(page.locator(BOT)).to_have_count(before + 1)


async def press(page: Page, label: str) -> None:
    await page.get_by_role("button", name=label, exact=True).last.click()


async def be(page: Page, name: str) -> None:
    await page.get_by_role("tab", name=re.compile(name)).click()


async def told(page: Page, text: str) -> None:
    await expect(last(page)).to_contain_text(text)


async def toast(page: Page, text: str) -> None:
    await expect(page.get_by_text(text).first).to_be_visible()


async def test_a_joke_with_each_of_its_buttons(page: Page) -> None:
    await ask(page, "/joke")
    await expect(last(page)).to_contain_text("Another")
    await press(page, "😂")
    await toast(page, "Glad you liked it.")
    await expect(last(page)).to_contain_text("😂 1")
    await press(page, "😐")
    await toast(page, "Noted. The next one may do better.")
    await press(page, "⋯")
    await press(page, "◂ Back")
    await press(page, "⋯")
    await press(page, "🚩 Flag")
    await toast(page, "Thank you: somebody will look at it.")
    before = await page.locator(BOT).count()
    await press(page, "Another")
    await expect(page.locator(BOT)).to_have_count(before + 1)


async def test_headlines_with_each_of_their_buttons(page: Page) -> None:
    await ask(page, "/headlines")
    await expect(last(page)).to_contain_text("5. ")
    await press(page, "▸")
    await expect(last(page)).to_contain_text("10. ")
    await press(page, "◂")
    await expect(last(page)).to_contain_text("1. ")
    await press(page, "Topics")
    await expect(last(page)).to_contain_text("Which topic?")
    await page.get_by_role("button", name=re.compile("^science")).last.click()
    await expect(last(page)).to_contain_text("Headlines: science")
    await page.get_by_role("button", name=re.compile("also in Chinese")).last.click()
    await expect(last(page)).to_contain_text("样例")


async def test_a_chinese_reader_s_chat_is_chinese_throughout(page: Page) -> None:
    await be(page, "小林")
    await ask(page, "/headlines")
    story = last(page)
    await expect(story.get_by_role("button", name="展开").first).to_be_visible()
    await expect(story.get_by_text("回复", exact=True)).to_be_visible()
    await press(page, "话题")
    await expect(last(page).get_by_text("已编辑")).to_be_visible()
    await be(page, "Maya")
    await ask(page, "/about")
    await expect(last(page).get_by_text("Reply", exact=True)).to_be_visible()


async def test_a_stranger_subscribes_and_sees_the_next_morning(page: Page) -> None:
    await page.click("[data-chip=subscribe]")
    digest = page.locator(BOT).filter(has_text="Marren").last
    await expect(digest).to_contain_text("📰")
    await expect(digest).to_contain_text("/6")
    await press(page, "Tune")
    await expect(digest.get_by_role("button", name="What you follow and mute")).to_be_visible()
    await digest.get_by_role("button", name="1", exact=True).click()
    await expect(last(page)).to_contain_text("Full story")


async def test_a_report_with_each_of_its_buttons(page: Page) -> None:
    await ask(page, "/report")
    await expect(last(page)).to_contain_text("Reports, in their own words")
    await press(page, "1")
    quotes = last(page).locator("blockquote")
    await expect(quotes).to_have_count(3)
    await press(page, "7")
    await expect(quotes).to_have_count(7)
    await press(page, "3")
    await expect(quotes).to_have_count(3)
    await press(page, "☆")
    await toast(page, "Saved: /saved shows it.")
    await press(page, "★")
    await toast(page, "Taken off your list.")
    await press(page, "Figures")
    await expect(last(page)).to_contain_text("•")
    await press(page, "Outline")
    await expect(last(page)).to_contain_text("1. ")
    await press(page, "Full text")
    await expect(last(page).locator(".document")).to_be_visible()


async def test_a_tapped_sentence_lights_up_in_the_original(page: Page) -> None:
    await page.get_by_role("button", name=re.compile("1,429 words in 3 sentences")).first.click()
    sentence = last(page).locator("blockquote").nth(1)
    quoted = await sentence.inner_text()
    await sentence.click()
    lit = page.locator("#paper mark.lit")
    await expect(lit).to_be_visible()
    assert await lit.inner_text() in quoted


async def test_a_stranger_becomes_the_admin_and_drops_a_document(page: Page) -> None:
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name=re.compile("Be the admin, drop a PDF")).first.click()
    await (await chooser.value).set_files(SAVED_PAGE)
    await expect(last(page).locator("blockquote")).to_have_count(3)
    await expect(last(page)).to_contain_text("Report on the work of the river district office")


# Each window brings its own, since both go to the same bot.
JOKES = {
    PHONE[0]: ("Why did the calendar resign? | Its days were numbered.",
               "My kettle blushed. | It had seen the tea strip."),
    DESK[0]: ("What do you call a lazy lighthouse? | A light sleeper.",
              "Our ladder went to therapy. | It needed to take things one step at a time."),
}  # fmt: skip


async def test_an_admin_adds_a_joke_and_takes_it_back(page: Page) -> None:
    assert page.viewport_size is not None
    joke, _ = JOKES[page.viewport_size["width"]]
    await be(page, "Robin")
    await ask(page, "/admin")
    await press(page, "➕ Joke")
    await told(page, "Send me the joke.")
    await ask(page, joke)
    await told(page, "Publish")
    await press(page, "⏰ When")
    await told(page, "Tomorrow 8:00")
    await press(page, "◂ Back")
    await press(page, "✅ Publish")
    await told(page, "On the shelf now: 😄")
    await press(page, "↩ Undo")
    await told(page, "Taken back, and off the shelf again")
    await ask(page, "/audit")
    await told(page, "Robin")


async def test_an_admin_approves_what_a_reader_sent_in(page: Page) -> None:
    assert page.viewport_size is not None
    _, joke = JOKES[page.viewport_size["width"]]
    await ask(page, f"/submit {joke}")
    await told(page, "Thank you! Somebody will look at it")
    await be(page, "Robin")
    await ask(page, "/queue")
    # What was flagged waits, too.
    while "Sent in by Maya" not in (case := await last(page).inner_text()):
        await press(page, "▸")
        await expect(last(page)).not_to_have_js_property("innerText", case)
    await press(page, "✓ Approve")
    await toast(page, "On the shelf. Whoever sent it is told.")
    await be(page, "Maya")
    await told(page, "stands on the shelf now")


async def test_an_admin_puts_a_document_on_the_shelf(page: Page) -> None:
    await be(page, "Robin")
    await ask(page, "/addreport")
    await page.set_input_files("#file", SAVED_PAGE)
    await page.press("#input", "Enter")
    await told(page, "1 part")
    await press(page, "Done")
    await expect(last(page).locator("blockquote")).to_have_count(3)
    await told(page, "4 masked spots")
    await press(page, "✅ Publish")
    await told(page, "On the shelf now: 📖 Report on the work of the river district office")
    await ask(page, "/undo")
    await page.get_by_role("button", name=re.compile("^↩ Added: 📖")).last.click()
    await told(page, "Taken back")


async def test_an_admin_sees_how_the_bot_is_doing(page: Page) -> None:
    await be(page, "Robin")
    await ask(page, "/stats")
    await expect(last(page).locator("img.photo")).to_be_visible()
    await ask(page, "/health")
    await told(page, "All is well.")
    await ask(page, "/users")
    await told(page, "Robin")
