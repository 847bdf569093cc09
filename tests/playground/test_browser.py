"""The page in a real browser; skipped where no Chromium is installed."""

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, async_playwright, expect

from bot.playground import Playground
from tests.playground.bot import running_bot

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


@pytest.fixture(params=[(390, 844, "dark"), (1280, 800, "light")], ids=["phone", "desk"])
async def page(request: pytest.FixtureRequest, telegram: Playground) -> AsyncIterator[Page]:
    width, height, scheme = request.param
    complaints: list[str] = []
    async with running_bot(telegram), async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text))
        await page.goto(telegram.page_url)
        await expect(page.locator("#status")).to_contain_text("bot")
        yield page
        assert complaints == []
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide == width
        await browser.close()


async def say(page: Page, text: str) -> None:
    await page.fill("#input", text)
    await page.press("#input", "Enter")


async def test_a_person_talks_to_the_bot(page: Page) -> None:
    await expect(page.locator(".banner")).to_have_text(
        "Practice copy: nothing leaves this machine."
    )
    await say(page, "/joke")
    spoiler = page.locator(".spoiler")
    await expect(spoiler.locator("span")).to_be_hidden()
    await spoiler.click()
    await expect(spoiler).to_have_text("ho")
    await page.get_by_text("Show more").click()
    await expect(page.get_by_text("Show less")).to_be_visible()
    await expect(page.get_by_role("link", name="Site")).to_have_attribute("target", "_blank")
    await page.get_by_role("button", name="Why").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Because.")
    await page.get_by_role("button", name="OK", exact=True).click()
    await page.get_by_role("button", name="😂").click()
    await expect(page.locator("#toast")).to_have_text("noted")
    await expect(page.locator(".message").last).to_contain_text("told")


async def test_foreign_text_stays_text(page: Page) -> None:
    evil = "<img src=x onerror=alert(1)> <script>alert(2)</script>"
    await say(page, evil)
    await expect(page.locator(".message:not(.mine) .text")).to_have_text(evil)
    assert await page.locator(".message img").count() == 0


async def test_the_menu_and_inline_results(page: Page) -> None:
    await page.get_by_role("button", name="Commands").click()
    await page.get_by_role("button", name="/joke A joke").click()
    await page.get_by_role("button", name="Share").click()
    await expect(page.locator("#input")).to_have_value("@quipwire_bot joke 12")
    await page.get_by_role("button", name="About joke 12").click()
    await expect(page.locator(".mine").last).to_contain_text("via @quipwire_bot")


async def test_files_both_ways(page: Page) -> None:
    await page.set_input_files(
        "#file", {"name": "名字 <b>.txt", "mimeType": "text/plain", "buffer": b"hello"}
    )
    async with page.expect_download() as download:
        await page.get_by_role("link", name="re: 名字 <b>.txt").click()
    path = await (await download.value).path()
    assert path.read_bytes() == b"HELLO"


async def test_the_page_recovers_when_it_is_opened_again(page: Page, telegram: Playground) -> None:
    await say(page, "hello")
    await expect(page.locator(".message")).to_have_count(2)
    await page.reload()
    await expect(page.locator(".message")).to_have_count(2)
    you = telegram.visitor()
    telegram.group("Family", members=[you])
    await expect(page.locator(".tab")).to_have_count(2)
