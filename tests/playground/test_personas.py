"""Tabs for people, chips, unread marks, and two browser tabs in step."""

from playwright.async_api import Page, expect

from bot.playground import Playground
from tests.playground.browser import Window, say
from tests.playground.conftest import Api

MENU = [("joke", "A joke"), ("subscribe", "A daily brief")]


async def menu(api: Api, names: list[tuple[str, str]], **scope: object) -> None:
    commands = [{"command": name, "description": text} for name, text in names]
    await api.result("setMyCommands", commands=commands, **scope)


async def test_the_first_screen_explains_itself(page: Page) -> None:
    banner = page.locator(".banner")
    own = "Practice copy: nothing leaves this machine."
    await expect(banner).to_have_text(own, use_inner_text=True)
    await expect(page.get_by_text("Jokes, headlines, and long reports")).to_be_visible()
    await page.get_by_role("button", name="press Start").click()
    await expect(page.locator(".mine")).to_contain_text("/start")
    await expect(page.get_by_text("Jokes, headlines, and long reports")).to_be_hidden()


async def test_a_joke_is_one_press_away(page: Page) -> None:
    await page.get_by_role("button", name="A joke").click()
    await expect(page.locator(".mine")).to_contain_text("/joke")
    await expect(page.locator(".spoiler")).to_be_visible()


async def test_a_report_is_one_press_away_from_anywhere(page: Page) -> None:
    await page.locator(".place").nth(1).click()
    await page.get_by_role("button", name="1,429 words in 3 sentences").click()
    await expect(page.locator("#title")).to_have_text("Quipwire")
    await expect(page.locator(".mine")).to_contain_text("/report coffee")
    await expect(page.locator(".summary")).to_be_visible()


async def test_what_the_bot_cannot_do_yet_is_grey_and_says_why(page: Page) -> None:
    subscribe = page.locator("[data-chip=subscribe]")
    await expect(subscribe).to_have_attribute("aria-disabled", "true")
    await expect(subscribe).to_contain_text("Comes with digests.")
    await subscribe.click(force=True)
    await expect(page.locator("#toast")).to_have_text("Comes with digests.")
    await expect(page.locator(".message")).to_have_count(0)


async def test_subscribing_comes_alive_with_the_menu(page: Page, api: Api) -> None:
    await menu(api, MENU)
    subscribe = page.locator("[data-chip=subscribe]")
    await expect(subscribe).not_to_have_attribute("aria-disabled", "true")
    await expect(subscribe).to_contain_text("Subscribe to a daily brief")
    await subscribe.click()
    await expect(page.locator(".mine")).to_contain_text("/subscribe")


async def test_the_admin_chip_switches_and_asks_for_a_file(
    page: Page, api: Api, telegram: Playground
) -> None:
    chip = page.locator("[data-chip=admin]")
    await expect(chip).to_contain_text("told in three of its own sentences")
    scope = {"type": "chat", "chat_id": telegram.admin_id}
    await menu(api, [("addreport", "A new report")], scope=scope)
    await expect(chip).to_contain_text("put on the shelf")
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Be the admin, drop a PDF").click()
    await expect(page.get_by_role("tab", selected=True)).to_contain_text("Robin")
    await (await chooser.value).set_files(
        {"name": "report.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    await expect(page.get_by_role("link", name="re: report.pdf")).to_be_visible()


async def test_each_person_has_a_chat_of_ones_own(page: Page) -> None:
    await say(page, "from Maya")
    await page.get_by_role("tab", name="小林").click()
    await expect(page.get_by_text("笑话、新闻")).to_be_visible()
    await expect(page.locator("#status")).to_have_text("机器人 · 你是小林")
    await expect(page.get_by_text("练习用的副本")).to_be_visible()
    await expect(page.get_by_text("Practice copy")).to_be_hidden()
    await say(page, "小林说")
    await expect(page.locator(".message")).to_have_count(2)
    await page.reload()
    await expect(page.get_by_role("tab", selected=True)).to_contain_text("小林")
    await expect(page.locator(".mine .text")).to_have_text("小林说")
    await page.get_by_role("tab", name="Maya").click()
    await expect(page.locator(".mine .text")).to_have_text("from Maya")


async def test_a_line_half_written_waits_in_its_chat(page: Page) -> None:
    await page.fill("#input", "half a")
    await page.get_by_role("tab", name="Robin").click()
    await expect(page.locator("#input")).to_have_value("")
    await page.get_by_role("tab", name="Maya").click()
    await expect(page.locator("#input")).to_have_value("half a")


async def test_what_others_say_in_the_group_is_unread(page: Page) -> None:
    group = page.locator(".place").nth(1)
    await group.click()
    await say(page, "hello all")
    robin = page.get_by_role("tab", name="Robin")
    await expect(robin.locator(".badge")).to_have_text("1")
    await robin.click()
    await expect(robin.locator(".badge")).to_have_text("1")
    await group.click()
    await expect(page.locator(".message .author")).to_have_text("Maya")
    await expect(robin.locator(".badge")).to_have_count(0)


async def test_two_tabs_of_one_person_are_in_step(desk: Window) -> None:
    one, two = await desk.tab(), await desk.tab()
    await two.locator(".place").nth(1).click()
    await say(one, "/joke")
    badge = two.locator(".place").nth(0).locator(".badge")
    await expect(one.locator(".message")).to_have_count(2)
    await expect(badge).to_have_count(0)
    await two.locator(".place").nth(0).click()
    await expect(two.locator(".message")).to_have_count(2)
    await two.get_by_role("button", name="😂").click()
    await expect(one.locator(".message").last).to_contain_text("told")


async def test_a_theme_is_kept(page: Page) -> None:
    toggle = page.locator("#theme")
    before = await page.locator("body").evaluate("node => getComputedStyle(node).backgroundColor")
    await toggle.click()
    await expect(page.locator("body")).not_to_have_css("background-color", before)
    await page.reload()
    await expect(page.locator("body")).not_to_have_css("background-color", before)


async def test_the_keyboard_alone_is_enough(page: Page) -> None:
    await page.locator("#input").focus()
    await page.keyboard.type("/jo")
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("button", name="/joke A joke")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("#panel")).to_be_hidden()
    await expect(page.locator("#input")).to_be_focused()
    await page.keyboard.type("k")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine .text")).to_have_text("/joke")
    await page.get_by_role("button", name="Why").press("Enter")
    await expect(page.get_by_role("button", name="OK", exact=True)).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await page.get_by_role("tab", name="Maya").focus()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("tab", name="小林")).to_be_focused()
    await page.keyboard.press("End")
    await expect(page.get_by_role("tab", selected=True)).to_contain_text("Robin")
    await page.locator("#input").focus()
    await page.keyboard.type("one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("two")
    await expect(page.locator("#input")).to_have_value("one\ntwo")
