"""axe-core looks at every state of the page and finds nothing."""

from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Page, expect

from tests.playground.browser import say


async def check(page: Page, what: str) -> None:
    results = await Axe().run(page)
    assert results.violations_count == 0, f"{what}\n{results.generate_report()}"


async def test_the_page_is_accessible(page: Page) -> None:
    for theme in ("as the system has it", "the other theme"):
        await check(page, f"empty, {theme}")
        await page.locator("#theme").click()
    await say(page, "/joke")
    await page.locator(".spoiler").click()
    await page.set_input_files("#file", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"})
    await expect(page.locator(".document")).to_have_count(2)
    await say(page, "/picture")
    await page.get_by_role("img", name="A chart").wait_for()
    await page.get_by_role("button", name="😂").click()
    await page.get_by_role("button", name="API calls").click()
    await page.get_by_role("button", name="Reply to Quipwire").last.click()
    await say(page, "/report")
    await page.locator(".summary").wait_for()
    await page.get_by_role("button", name="Commands").click()
    for theme in ("as the system has it", "the other theme"):
        await check(page, f"messages, menu and calls, {theme}")
        await page.locator("#theme").click()
    await page.keyboard.press("Escape")
    await page.locator("#calls-toggle").click()
    await page.locator("blockquote.sentence").first.click()
    await expect(page.locator("#paper mark.lit")).to_be_visible()
    await check(page, "the original")
    await page.keyboard.press("Escape")
    await page.get_by_role("tab", name="小林").click()
    await check(page, "the Chinese reader")
