"""Every kind of message on the page, in both sizes and both themes."""

from playwright.async_api import Page, expect

from bot.playground import Playground
from tests.playground.bot import PICTURE
from tests.playground.browser import Window, say

EVIL = "<img src=x onerror=alert(1)> <script>alert(2)</script>"
LONG_NAME = "🦉" * 300
# Two bytes over the limit, made in the browser: a file that is refused is never sent.
TOO_LARGE = """() => {
  const files = new DataTransfer();
  files.items.add(new File([new Uint8Array(50 * 1024 * 1024 + 2)], "🦉".repeat(300) + ".bin"));
  const input = document.getElementById("file");
  input.files = files.files;
  input.dispatchEvent(new Event("change"));
}"""
DROP = """([event, name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, { type: "text/plain" }));
  const init = { bubbles: true, cancelable: true };
  const made = event === "paste"
    ? new ClipboardEvent(event, { ...init, clipboardData: data })
    : new DragEvent(event, { ...init, dataTransfer: data });
  document.getElementById("input").dispatchEvent(made);
}"""


async def test_a_joke_with_spoiler_quote_buttons_and_link(page: Page) -> None:
    await say(page, "/joke")
    spoiler = page.locator(".spoiler")
    await expect(spoiler.locator("span")).to_be_hidden()
    await spoiler.press("Enter")
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
    await expect(page.locator(".message").last).to_contain_text("edited")


async def test_a_deleted_message_goes(page: Page) -> None:
    await say(page, "/joke")
    await expect(page.locator(".message")).to_have_count(2)
    await page.get_by_role("button", name="Vanish").click()
    await expect(page.locator(".message")).to_have_count(1)


async def test_the_bot_types(page: Page) -> None:
    await say(page, "/think")
    await expect(page.locator("#doing")).to_have_text("Quipwire is typing…")
    await say(page, "hello")
    await expect(page.locator("#doing")).to_be_hidden()


async def test_foreign_text_stays_text(page: Page) -> None:
    await say(page, EVIL)
    await expect(page.locator(".message:not(.mine) .text")).to_have_text(EVIL)
    assert await page.locator(".message img").count() == 0


async def test_script_in_every_field_is_shown_as_text(telegram: Playground, desk: Window) -> None:
    evil = telegram.person(EVIL[:64])
    telegram.group(EVIL, members=[evil])
    page = await desk.tab()
    await say(page, EVIL)
    await page.set_input_files(
        "#file", {"name": f"{EVIL}.txt", "mimeType": "text/plain", "buffer": b"x"}
    )
    await expect(page.locator(".document")).to_have_count(2)
    await page.locator(".place").nth(1).click()
    await expect(page.locator("#title")).to_have_text(EVIL)
    await say(page, f"/joke {EVIL}")
    await page.locator(".answer").last.click()
    await page.get_by_role("button", name="API calls").click()
    assert await page.locator(".message img, #calls img, #people img, .chat script").count() == 0


async def test_a_name_of_300_emoji_and_a_right_to_left_text_fit(
    telegram: Playground, desk: Window
) -> None:
    owl = telegram.person(LONG_NAME)
    group = telegram.group(LONG_NAME, members=[owl], admin=True)
    page = await desk.tab()
    await page.locator(".place").nth(1).click()
    await say(page, "مرحبا بالعالم " * 40)
    await expect(page.locator(".message:not(.mine) .text")).to_have_css("direction", "rtl")
    await owl.upload(b"x", f"{LONG_NAME}.txt", in_=group)
    await expect(page.locator(".mine .document")).to_be_visible()


async def test_long_texts_fit(page: Page) -> None:
    for text in ("长" * 4000, "word " * 800, "a" * 4000, "🦉" * 2000):
        await say(page, text)
        await expect(page.locator(".message:not(.mine) .text").last).to_have_text(text.strip())


async def test_files_both_ways(page: Page) -> None:
    await page.set_input_files(
        "#file", {"name": "名字 <b>.txt", "mimeType": "text/plain", "buffer": b"hello"}
    )
    async with page.expect_download() as download:
        await page.get_by_role("link", name="re: 名字 <b>.txt").click()
    path = await (await download.value).path()
    assert path.read_bytes() == b"HELLO"


async def test_pictures_both_ways(page: Page) -> None:
    await page.set_input_files(
        "#file", {"name": "dot.png", "mimeType": "image/png", "buffer": PICTURE}
    )
    await expect(page.locator(".mine img.photo")).to_have_js_property("naturalWidth", 1)
    await say(page, "/picture")
    await expect(page.get_by_role("img", name="A chart")).to_have_js_property("naturalWidth", 1)


async def test_a_file_may_be_dropped_or_pasted(page: Page) -> None:
    await page.evaluate(DROP, ["dragenter", "a.txt", "x"])
    await expect(page.locator("#drop")).to_contain_text("Drop the file")
    await page.evaluate(DROP, ["drop", "dropped.txt", "hello"])
    await expect(page.locator("#drop")).to_be_hidden()
    await expect(page.get_by_role("link", name="re: dropped.txt")).to_be_visible()
    await page.evaluate(DROP, ["paste", "pasted.txt", "hello"])
    await expect(page.get_by_role("link", name="re: pasted.txt")).to_be_visible()


async def test_a_file_over_50_mb_is_refused_before_it_is_sent(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.evaluate(TOO_LARGE)
    await expect(page.get_by_role("alert")).to_contain_text("Files may have up to 50 MB; 🦉")
    assert not [url for url in asked if "upload" in url]
    await page.get_by_role("button", name="Close this message").click()
    await expect(page.get_by_role("alert")).to_be_hidden()


async def test_a_reply_says_what_it_answers(page: Page) -> None:
    await say(page, "hello")
    await page.get_by_role("button", name="Reply to Quipwire").click()
    await expect(page.locator("#reply")).to_contain_text("Quipwire: hello")
    await say(page, "indeed")
    await expect(page.locator(".mine .answered")).to_contain_text("Quipwire hello")
    await expect(page.locator("#reply")).to_be_hidden()


async def test_calls_are_listed_as_they_happen(page: Page) -> None:
    await page.get_by_role("button", name="API calls").click()
    await say(page, "hello")
    line = page.locator("#calls-list li").last
    await expect(line).to_contain_text("sendMessage")
    await line.locator("summary").click()
    await expect(line.locator("dl")).to_contain_text("hello")


async def test_inline_results_stand_under_the_input(page: Page) -> None:
    await say(page, "/joke")
    await page.get_by_role("button", name="Share").click()
    await expect(page.locator("#input")).to_have_value("@quipwire_bot joke 12")
    await page.get_by_role("button", name="About joke 12").click()
    await expect(page.locator(".mine").last).to_contain_text("via @quipwire_bot")


async def test_a_button_is_pressed_at_once_also_while_choices_are_open(page: Page) -> None:
    for _ in range(6):
        await say(page, "/joke")
    await expect(page.locator(".message")).to_have_count(12)
    await page.get_by_role("button", name="Share").last.click()
    await expect(page.get_by_role("button", name="About joke 12")).to_be_visible()
    await page.get_by_role("button", name="😂").last.click()
    await expect(page.locator("#toast")).to_have_text("noted")
    await expect(page.get_by_role("button", name="About joke 12")).to_be_hidden()


async def test_new_messages_are_told_to_screen_readers(page: Page) -> None:
    await say(page, "hello")
    await expect(page.locator("#announce")).to_have_text("Quipwire: hello")
