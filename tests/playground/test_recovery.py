"""A page left open over a restart of the bot or of the playground."""

from pathlib import Path

from playwright.async_api import Browser, expect

from bot.playground import Playground
from tests.playground.bot import running_bot
from tests.playground.browser import say, window

NETWORK = "net::ERR"


async def test_the_page_waits_for_a_bot_that_is_restarted(browser: Browser) -> None:
    async with Playground() as telegram, window(browser, telegram.page_url) as opened:
        page = await opened.tab()
        await expect(page.locator("#notice")).to_contain_text("The bot is not running just now.")
        await say(page, "are you there?")
        async with running_bot(telegram):
            await expect(page.locator(".message:not(.mine)")).to_contain_text("are you there?")
            await expect(page.locator("#notice")).to_be_hidden()
        await expect(page.locator("#notice")).to_contain_text("The bot is not running just now.")
        async with running_bot(telegram):
            await expect(page.locator("#notice")).to_be_hidden()


async def test_the_page_comes_back_after_a_restart_of_the_playground(
    browser: Browser, tmp_path: Path
) -> None:
    first = Playground(state_dir=tmp_path, personas=True)
    await first.start()
    port = int(first.url.rsplit(":", 1)[1])
    async with window(browser, first.page_url) as opened:
        async with running_bot(first):
            page = await opened.tab()
            await say(page, "hello")
            await expect(page.locator(".message")).to_have_count(2)
        await first.stop()
        await expect(page.locator("#notice")).to_contain_text("The playground is away.")
        await page.fill("#input", "still there?")
        await page.press("#input", "Enter")
        await expect(page.get_by_role("alert")).to_contain_text("Not sent")
        await expect(page.locator("#input")).to_have_value("still there?")
        async with (
            Playground(port=port, state_dir=tmp_path, personas=True) as second,
            running_bot(second),
        ):
            await expect(page.locator("#notice")).to_be_hidden()
            await expect(page.get_by_role("alert")).to_be_hidden()
            await expect(page.locator(".message")).to_have_count(2)
            await page.press("#input", "Enter")
            await expect(page.locator(".message").last).to_contain_text("still there?")
            await expect(page.locator(".message")).to_have_count(4)
            opened.complaints[:] = [said for said in opened.complaints if NETWORK not in said]
