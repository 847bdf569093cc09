"""A tapped sentence lights up in the original, which the page gets as a person would."""

import pytest
from playwright.async_api import Page, expect

from bot.playground import Playground
from tests.playground.bot import TITLE
from tests.playground.browser import Window, say


@pytest.fixture
async def summary(page: Page) -> Page:
    await say(page, "/report")
    await page.locator(".summary").wait_for()
    return page


def sent(telegram: Playground) -> int:
    return len(telegram.calls_of("sendDocument"))


async def test_a_tapped_sentence_is_lit_the_others_are_marked(summary: Page) -> None:
    await summary.locator("blockquote").first.click()
    await expect(summary.locator("#paper h3")).to_have_text(TITLE)
    await expect(summary.locator("#paper mark.lit")).to_have_text("It drank tea.")
    await expect(summary.locator("#paper mark")).to_have_count(2)
    await expect(summary.locator("#paper mark.lit")).to_be_in_viewport()
    await expect(summary.locator("#count")).to_have_text("1 of 2")


async def test_of_two_places_the_section_line_decides(summary: Page) -> None:
    await summary.locator("blockquote").nth(1).click()
    lit = summary.locator("#paper mark.lit")
    await expect(lit).to_have_text("All went well.")
    await expect(lit.locator("xpath=..")).to_have_text("The kettle broke. All went well.")
    await expect(summary.locator("#where")).to_have_text("2. Autumn")


async def test_the_document_is_asked_for_once_and_is_a_small_line(
    summary: Page, telegram: Playground
) -> None:
    await summary.locator("blockquote").first.click()
    await expect(summary.locator("#paper mark.lit")).to_be_visible()
    await summary.get_by_role("button", name="Close the original").click()
    await expect(summary.locator(".opened")).to_contain_text("Full text opened beside the chat")
    await expect(summary.locator(".document")).to_have_count(0)
    await summary.locator("blockquote").nth(1).click()
    await expect(summary.locator("#paper mark.lit")).to_have_text("All went well.")
    await summary.reload()
    await summary.locator("blockquote").first.click()
    await expect(summary.locator("#paper mark.lit")).to_be_visible()
    await expect(summary.locator(".opened")).to_have_count(1)
    assert sent(telegram) == 1


async def test_a_text_asked_for_by_hand_stays_a_document(
    summary: Page, telegram: Playground
) -> None:
    await summary.get_by_role("button", name="Full text").click()
    await expect(summary.locator(".document")).to_be_visible()
    await summary.locator("blockquote").first.click()
    await expect(summary.locator("#paper mark.lit")).to_be_visible()
    await expect(summary.locator(".document")).to_have_count(1)
    assert sent(telegram) == 1


async def test_the_next_and_the_previous_sentence_are_one_key_away(summary: Page) -> None:
    await summary.locator(".see").first.press("Enter")
    lit = summary.locator("#paper mark.lit")
    await expect(lit).to_have_text("It drank tea.")
    await summary.locator("#pane").focus()
    await summary.keyboard.press("n")
    await expect(lit).to_have_text("All went well.")
    await summary.keyboard.press("ArrowLeft")
    await expect(lit).to_have_text("It drank tea.")
    await summary.get_by_role("button", name="Next sentence").click()
    await expect(lit).to_have_text("All went well.")
    await summary.keyboard.press("Escape")
    await expect(summary.locator("#reader")).to_be_hidden()
    await expect(summary.locator(".see").nth(1)).to_be_focused()


async def test_an_edited_summary_is_followed(desk: Window) -> None:
    page = await desk.tab()
    await say(page, "/report")
    await page.locator("blockquote").nth(1).click()
    await expect(page.locator("#count")).to_have_text("2 of 2")
    await page.get_by_role("button", name="More").click()
    await expect(page.locator("#count")).to_have_text("2 of 3")
    await expect(page.locator("#paper mark.lit")).to_have_text("All went well.")
    await page.locator("blockquote").nth(2).click()
    await expect(page.locator("#paper mark.lit")).to_have_text("茶叶用完了，大家都喝白水。")


async def test_a_sentence_that_is_not_in_the_text_is_told_honestly(desk: Window) -> None:
    page = await desk.tab()
    await say(page, "/report")
    await page.get_by_role("button", name="More").click()
    await page.locator("blockquote").nth(3).click()
    await expect(page.locator("#where")).to_contain_text("not found word for word")


async def test_a_text_that_does_not_come_is_one_clear_line(
    desk: Window, telegram: Playground
) -> None:
    page = await desk.tab()
    await say(page, "/report")
    await page.locator(".summary").wait_for()
    await page.get_by_role("button", name="More").click()
    await page.locator("blockquote").nth(3).wait_for()
    chat = telegram.world.chats[telegram.visitor().id]
    (message,) = [m for m in chat.messages.values() if "reply_markup" in m]
    chat.forget(message["message_id"])
    await page.locator("blockquote").first.click()
    await expect(page.get_by_role("alert")).to_contain_text("This message is gone.")
    await expect(page.locator("#reader")).to_be_hidden()
    desk.complaints.clear()  # Chromium tells of every refusal


async def test_the_sheet_covers_the_chat_on_a_phone(page: Page) -> None:
    await say(page, "/report")
    await page.locator("blockquote").first.click()
    await expect(page.locator("#paper mark.lit")).to_be_visible()
    width = await page.evaluate("innerWidth")
    role = "dialog" if width < 1000 else "complementary"
    await expect(page.locator("#reader")).to_have_attribute("role", role)
    inert = await page.locator("#chat").evaluate("node => node.inert")
    assert inert == (width < 1000)


async def test_two_tabs_fold_the_document_away(desk: Window) -> None:
    one, two = await desk.tab(), await desk.tab()
    await say(one, "/report")
    await one.locator("blockquote").first.click()
    await expect(one.locator(".opened")).to_be_visible()
    await expect(two.locator(".opened")).to_be_visible()
    await expect(two.locator(".document")).to_have_count(0)
