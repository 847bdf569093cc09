"""Chromium for the tests of the page."""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from bot.playground.waiting import PATIENCE

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
PHONE = (390, 844, "dark")
DESK = (1280, 800, "light")


@asynccontextmanager
async def running_browser() -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE * 1000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


class Window:
    """One browser window; its tabs share what the browser keeps. Whatever a tab complains about
    fails the test, and no tab may be wider than the window."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self._context, self._url = context, url
        self.complaints: list[str] = []

    async def tab(self) -> Page:
        page = await self._context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text))
        await page.goto(self._url)
        await expect(page.locator("#status")).to_contain_text(re.compile("you are|你是"))
        return page

    async def check(self) -> None:
        assert self.complaints == []
        for page in self._context.pages:
            size = "[document.documentElement.scrollWidth, innerWidth]"
            wide, window = await page.evaluate(size)
            assert wide == window


@asynccontextmanager
async def window(
    browser: Browser, url: str, size: tuple[int, int, str] = DESK
) -> AsyncIterator[Window]:
    width, height, scheme = size
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE * 1000)
    opened = Window(context, url)
    yield opened
    await opened.check()
    await context.close()


async def say(page: Page, text: str) -> None:
    """The page takes no message while the one before is on its way, as its line still tells."""
    await expect(page.locator("#input")).to_have_value("")
    await page.fill("#input", text)
    await page.press("#input", "Enter")
