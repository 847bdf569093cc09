"""A long document in sight of its chat: how far it is, Cancel, and the summary in its place."""

from __future__ import annotations

import asyncio
import os
import select
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.child import tasks
from bot.reading.progress import turned
from bot.tg import pieces, progress
from bot.words.count import MESSAGE_UNITS
from tests.e2e.test_report import quotes
from tests.e2e.test_summarize import LONG, TEXT

if TYPE_CHECKING:
    from bot.models.reading import Reading
    from bot.playground import Playground

Beat = Callable[[], None]


def slow(path: bytes, charset: str | None) -> Reading:
    """Stand in the middle of a book until the test lets go; what it writes is the last page."""
    del charset
    turned.get()(240, 1_000)
    with Path(os.fsdecode(path)).open("rb") as pipe:
        for line in pipe:
            if line == b"fail\n":
                os.abort()
            turned.get()(int(line), 1_000)
    return tasks.read(TEXT, None, None)


@pytest.fixture
def beat(monkeypatch: pytest.MonkeyPatch) -> Beat:
    """Call it, and the bot says how far it is; it never does so by itself."""
    ticks: asyncio.Queue[None] = asyncio.Queue()

    async def beats() -> AsyncIterator[None]:
        while True:
            await ticks.get()
            yield

    monkeypatch.setattr(progress, "beats", beats)
    monkeypatch.setattr(tasks, "read_file", slow)
    return lambda: ticks.put_nowait(None)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The document that is sent: the way to a pipe."""
    path = tmp_path / "book"
    os.mkfifo(path)
    return path


async def opened(book: Path) -> int:
    """The test's end of the pipe, once the reader is in the middle of the book."""
    return await asyncio.to_thread(os.open, book, os.O_WRONLY)


def abandoned(end: int) -> None:
    """Wait until nobody reads from the pipe any more."""
    poll = select.poll()
    poll.register(end, 0)
    poll.poll()


async def test_the_chat_sees_the_pages_and_the_summary_takes_their_place(
    telegram: Playground, beat: Beat, book: Path
) -> None:
    ann = telegram.person("Ann")
    await ann.upload(os.fsencode(book), "book.pdf")
    end = await opened(book)
    beat()
    message = await ann.reply()
    assert message.text == "Reading page 240 of 1,000 …"
    assert message.buttons == [["Cancel"]]
    os.write(end, b"1000\n")
    os.close(end)
    assert len(quotes(await message.edited())) == 3
    assert message.text.startswith("📖 book\n")
    assert message.buttons[0] == ["3 ✓", "7"]
    await telegram.quiet()
    assert not ann.unread()


async def test_nothing_is_said_of_what_is_read_at_once(
    telegram: Playground, beat: Beat, book: Path
) -> None:
    ann = telegram.person("Ann")
    await ann.upload(os.fsencode(book), "book.pdf")
    os.close(await opened(book))
    assert len(quotes(await ann.reply())) == 3
    beat()


async def test_cancel_stops_the_reader_and_says_so(
    telegram: Playground, beat: Beat, book: Path
) -> None:
    ann, bob = telegram.person("Ann"), telegram.person("Bob")
    team = telegram.group("Team", members=[ann, bob])
    await ann.reply(in_=team)
    await ann.upload(os.fsencode(book), "book.pdf", "/summarize", in_=team)
    end = await opened(book)
    beat()
    message = await ann.reply(in_=team)
    keyboard = message.raw["reply_markup"]
    assert "Only who sent it" in await bob.press(message, "Cancel")
    await ann.press(message, "Cancel")
    edited = await message.edited()
    assert edited.text == "Cancelled."
    assert not edited.buttons
    await asyncio.to_thread(abandoned, end)
    os.close(end)
    message.raw["reply_markup"] = keyboard
    assert "no longer being read" in await ann.press(message, "Cancel")


async def test_a_reader_that_stops_leaves_one_sentence_and_no_progress(
    telegram: Playground, beat: Beat, book: Path
) -> None:
    ann = telegram.person("Ann")
    await ann.upload(os.fsencode(book), "book.pdf")
    end = await opened(book)
    beat()
    message = await ann.reply()
    os.write(end, b"fail\n")
    assert "made the reader stop" in (await ann.reply()).text
    os.close(end)
    await message.gone()


async def test_nothing_is_said_of_a_text_whose_last_piece_may_still_come(
    telegram: Playground, beat: Beat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "WAIT_SECONDS", 60)
    ann, bea = telegram.person("Ann"), telegram.person("Bea")
    await ann.send(LONG[:MESSAGE_UNITS])
    for _ in range(2):
        await bea.send("/about")
        assert await bea.reply()
        beat()
    assert not ann.unread()
    await ann.send("That was all of it.")
    assert await ann.reply()
