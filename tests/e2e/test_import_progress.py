"""An import in sight of its admin: one message says how far it is, and becomes the result."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

import pytest

from bot.playground import Playground
from bot.services import apart
from bot.tg import progress
from tests.content.samples import joke
from tests.e2e.conftest import serving, settings_for
from tests.e2e.test_import import looked
from tests.e2e.test_roles import ask

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.playground import Person, Received

# The program tells each 2,000.
MANY = 4_001
HEAD = f"📥 en.jsonl\nJokes: {MANY:,} en\n{MANY:,} new, 0 changed, 0 as before."
FIRST, SECOND = (f"Importing: {done} of {MANY:,} …" for done in ("2,000", "4,000"))


def jokes(word: str) -> str:
    """Each test brings jokes of its own: they share a bot."""
    return "\n".join(json.dumps(joke(f"{word}{n}", text=f"{word} {n} naps.")) for n in range(MANY))


@pytest.fixture(scope="module")
async def olga(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Person]:
    async with Playground() as telegram:
        owner = telegram.person("Olga")
        folder = tmp_path_factory.mktemp("progress")
        async with serving(settings_for(telegram, folder, admins=(owner.id,))):
            yield owner


@pytest.fixture
def go_on(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Whenever the program tells how far it is, the chat sees it, and nothing more comes of the
    program until this is called.
    """
    beat, turn, real = asyncio.Queue[None](), asyncio.Queue[None](), apart.lines

    async def lines(*arguments: Any, **more: Any) -> AsyncIterator[str]:
        async with aclosing(real(*arguments, **more)) as spoken:
            async for line in spoken:
                yield line
                if line.startswith('{"done"'):
                    beat.put_nowait(None)
                    await turn.get()

    async def beats() -> AsyncIterator[None]:
        while True:
            await beat.get()
            yield

    monkeypatch.setattr(apart, "lines", lines)
    monkeypatch.setattr(progress, "beats", beats)
    return lambda: turn.put_nowait(None)


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> list[asyncio.subprocess.Process]:
    """Those that the bot started."""
    found, real = list[asyncio.subprocess.Process](), asyncio.create_subprocess_exec

    async def start(*arguments: Any, **more: Any) -> asyncio.subprocess.Process:
        found.append(await real(*arguments, **more))
        return found[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", start)
    return found


async def begun(olga: Person, word: str) -> Received:
    preview = await looked(olga, jokes(word), "en.jsonl")
    assert preview.text == HEAD
    await olga.press(preview, "Import")
    assert (await preview.edited()).text == FIRST
    return preview


async def test_one_message_says_how_far_it_is_and_becomes_the_result_with_its_undo(
    olga: Person, go_on: Callable[[], None]
) -> None:
    message = await begun(olga, "quokka")
    assert message.buttons == [["Cancel"]]
    go_on()
    assert (await message.edited()).text == SECOND
    go_on()
    done = await message.edited()
    assert done.text == f"Imported. {MANY:,} new, 0 changed, 0 as before."
    assert done.buttons == [["↩ Undo all of it"]]
    assert not olga.unread()
    await olga.press(done, "Undo all of it")
    assert (await done.edited()).text == "Taken back: en.jsonl"


async def test_cancelled_in_the_middle_it_leaves_nothing(
    olga: Person, go_on: Callable[[], None]
) -> None:
    message = await begun(olga, "wombat")
    await olga.press(message, "Cancel")
    cancelled = await message.edited()
    assert (cancelled.text, cancelled.buttons) == ("Cancelled.", [])
    assert "no joke with" in await ask(olga, "/joke wombat")
    assert "en.jsonl" not in await ask(olga, "/undo")


async def test_when_its_program_is_killed_all_is_as_before_and_the_button_is_back(
    olga: Person, go_on: Callable[[], None], programs: list[asyncio.subprocess.Process]
) -> None:
    message = await begun(olga, "numbat")
    programs[-1].kill()
    go_on()
    told = await olga.reply()
    assert told.text == "It broke off in the middle, and all is as it was before. Please try again."
    assert (await message.edited()).text == HEAD
    assert "no joke with" in await ask(olga, "/joke numbat")
    await olga.press(message, "Import")
    for said in (FIRST, SECOND, f"Imported. {MANY:,} new, 0 changed, 0 as before."):
        assert (await message.edited()).text == said
        go_on()
