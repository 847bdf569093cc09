"""`quipwire summarize URL`"""

from __future__ import annotations

import asyncio
import json
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import program
from tests.e2e.test_links import PAGE
from tests.e2e.test_summarize import TEXT
from tests.fetch.server import Server, answers, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.program import Program

__all__ = ["program"]


@pytest.fixture
def web() -> Iterator[Server]:
    """In a thread of its own: the program has its own loop."""
    made: list[Server] = []
    ready, ended = Event(), Event()

    async def serve() -> None:
        async with serving() as server:
            server.pages["/history"] = answers(200, PAGE.encode(), Content_Type="text/html")
            made.append(server)
            ready.set()
            await asyncio.to_thread(ended.wait)

    thread = Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    ready.wait()
    yield made[0]
    ended.set()
    thread.join()


def test_a_page_is_told_in_its_own_sentences(
    program: Program, web: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_ALLOW_PRIVATE_ADDRESSES", "true")
    monkeypatch.setenv("BOT_CONTACT", "li@bot.example")
    code, out, err = program("summarize", web.url("/history"), "--sentences", "2", "--json")
    assert (code, err) == (0, "")
    record = json.loads(out)
    assert (record["id"], record["title"]) == (web.url("/history"), "Town history")
    assert len(record["sentences"]) == 2
    for sentence in record["sentences"]:
        assert record["source"][sentence["start"] : sentence["end"]] == sentence["text"]
        assert sentence["text"] in TEXT
    assert web.asked[0].headers["user-agent"].endswith("(+li@bot.example)")


def test_what_can_t_be_had_is_one_sentence(
    program: Program, web: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = program("summarize", web.url("/history"))
    assert (code, out) == (1, "")
    assert err == "quipwire: Only the web's own ports, 80 and 443, are opened.\n"
    assert not web.asked
    monkeypatch.setenv("BOT_ALLOW_PRIVATE_ADDRESSES", "true")
    assert "no such page" in program("summarize", web.url("/missing"))[2]
    monkeypatch.setenv("BOT_WEB_PROXY", "socks://x")
    assert program("summarize", web.url("/history"))[0] == 2
