"""A link is fetched, read and told like a file, with the page's title leading to it."""

from __future__ import annotations

import asyncio
import gzip
from typing import TYPE_CHECKING

import pytest

from bot.playground import Playground
from tests.e2e.conftest import serving, settings_for
from tests.e2e.test_report import quotes
from tests.e2e.test_summarize import TEXT
from tests.fetch.server import answers, closes, leads
from tests.fetch.server import serving as web_server
from tests.reading.formats.samples import column, pdf

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.playground import Person, Received
    from tests.fetch.server import Server

PARAGRAPHS = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
PAGE = (
    "<!doctype html><html><head><title>Town history</title></head><body><nav>Home | About</nav>"
    f"<article><h1>Town history</h1>{PARAGRAPHS}</article></body></html>"
)
CHINESE = "".join(
    f"<p>第{number}座新水厂建成以后，每天为全镇供应清洁的饮用水{number + 3}百立方米。</p>"
    for number in range(1, 9)
)


@pytest.fixture(scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Playground]:
    """A bot of its own, which may open loopback."""
    folder = tmp_path_factory.mktemp("links")
    async with (
        Playground() as playground,
        serving(settings_for(playground, folder, allow_private_addresses=True)),
    ):
        yield playground


@pytest.fixture
async def web() -> AsyncIterator[Server]:
    async with web_server() as server:
        server.pages["/history"] = answers(
            200, gzip.compress(PAGE.encode()), Content_Type="text/html", Content_Encoding="gzip"
        )
        yield server


def leads_to(message: Received) -> list[str]:
    return [entity["url"] for entity in message.entities if entity["type"] == "text_link"]


async def told(person: Person, text: str) -> str:
    await person.send(text)
    return (await person.reply()).text


async def test_a_link_that_is_simply_sent_is_told_in_the_page_s_own_sentences(
    town: Playground, web: Server
) -> None:
    ann = town.person("Ann")
    await ann.send(f"Have you seen this? {web.url('/history')}")
    message = await ann.reply()
    assert message.text.startswith("📖 Town history\n")
    assert len(quotes(message)) == 3
    assert all(quote in TEXT for quote in quotes(message))
    assert leads_to(message) == [web.url("/history")]
    await ann.press(message, "7")
    longer = await message.edited()
    assert len(quotes(longer)) == 7
    assert leads_to(longer) == leads_to(message)


async def test_the_command_takes_a_link_after_it_or_in_the_message_it_answers(
    town: Playground, web: Server
) -> None:
    ann = town.person("Ann")
    assert "Town history" in await told(ann, f"/summarize {web.url('/history')}")
    team = town.group("Team", members=[ann])
    await ann.reply(in_=team)
    said = await ann.send(f"Look: {web.url('/history')}", in_=team)
    await town.quiet()
    assert not ann.unread(in_=team)
    await ann.send("/summarize", in_=team, reply_to=said)
    assert (await ann.reply(in_=team)).text.startswith("📖 Town history\n")


async def test_a_pdf_behind_a_redirect_is_read_as_a_pdf(town: Playground, web: Server) -> None:
    ann = town.person("Ann")
    lines = [part for line in TEXT.split("\n") for part in line.split(" and ", 1)]
    web.pages["/latest"] = leads("/reports/Town%20report.pdf")
    web.pages["/reports/Town%20report.pdf"] = answers(200, pdf(column(lines, 50, 700)))
    await ann.send(web.url("/latest"))
    message = await ann.reply()
    assert message.text.startswith("📖 Town report\n")
    assert "page 1" in message.text
    assert leads_to(message) == [web.url("/reports/Town%20report.pdf")]


async def test_a_page_is_read_in_the_charset_that_its_server_tells(
    town: Playground, web: Server
) -> None:
    page = f"<html><head><title>新水厂</title></head><body>{CHINESE}</body></html>"
    web.pages["/gbk"] = answers(200, page.encode("gbk"), Content_Type="text/html; charset=gb2312")
    ann = town.person("Ann")
    await ann.send(web.url("/gbk"))
    message = await ann.reply()
    assert message.text.startswith("📖 新水厂\n")
    assert all(quote in CHINESE for quote in quotes(message))


async def test_what_can_t_be_had_or_read_is_one_sentence(town: Playground, web: Server) -> None:
    ann = town.person("Ann")
    web.pages |= {
        "/gone": answers(410),
        "/cut": closes(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nabc"),
        "/picture": answers(200, bytes(range(256)) * 40, Content_Type="image/png"),
        "/empty": answers(200, b""),
        "/circle": leads("/circle"),
        "/much": closes(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n"),
    }
    for path, why in (
        ("/missing", "no such page"),
        ("/gone", "gone for good"),
        ("/cut", "broke off"),
        ("/picture", "binary"),
        ("/empty", "nothing to read"),
        ("/circle", "in a circle"),
        ("/much", "20 MB"),
    ):
        answer = await told(ann, web.url(path))
        assert why in answer
        assert "\n" not in answer
    assert "password" in await told(ann, "http://me:pw@files.example/a")


async def test_a_long_text_with_a_link_in_it_is_summarised_itself(
    town: Playground, web: Server
) -> None:
    ann = town.person("Ann")
    answer = await told(ann, f"/summarize {TEXT}\n{web.url('/history')}")
    assert answer.startswith("📖 Your text\n")
    assert not web.asked


async def test_a_bot_on_the_internet_does_not_open_the_network_it_stands_in(
    telegram: Playground, web: Server
) -> None:
    ann = telegram.person("Ann")
    for link in (
        web.url("/history"),
        "http://127.0.0.1/",
        "http://2130706433/history",
        "http://[::1]/",
        "https://localhost/",
    ):
        answer = await told(ann, link)
        assert "not on the public internet" in answer or "80 and 443" in answer
        await ann.send(f"/summarize {link}")
        assert (await ann.reply()).text == answer
    assert not web.asked


async def test_a_chinese_reader_is_told_in_chinese_why_not(
    telegram: Playground, web: Server
) -> None:
    li = telegram.person("李", language_code="zh-hans")
    assert "不在公共互联网上" in await told(li, "http://127.0.0.1/")
    assert "80 和 443" in await told(li, web.url("/"))


async def test_a_bot_that_stops_while_a_page_loads_tells_it_after_the_restart(
    web: Server, tmp_path: Path
) -> None:
    page, loading = web.pages["/history"], asyncio.Event()

    async def hangs(_: asyncio.StreamWriter) -> None:
        loading.set()

    web.pages["/history"] = hangs
    async with Playground() as other:
        settings = settings_for(other, tmp_path, allow_private_addresses=True)
        ann = other.person("Ann")
        async with serving(settings):
            await ann.send(web.url("/history"))
            await loading.wait()
        web.pages["/history"] = page
        async with serving(settings):
            assert (await ann.reply()).text.startswith("📖 Town history\n")
        assert not ann.unread()
