"""What an editor publishes comes when it should, and goes again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.playground import Playground
from tests.e2e.conftest import Clock, serving, settings_for

if TYPE_CHECKING:
    from pathlib import Path

    from bot.playground.client import Person, Received

WEDNESDAY = datetime(2024, 5, 1, 12, tzinfo=UTC)
GOOSE = "/addjoke Why did the goose join the band? | It had its own horn section."


async def asked(person: Person, text: str) -> Received:
    await person.send(text)
    return await person.reply()


async def told(person: Person, sign: str) -> None:
    """Until the bot's clock has gone on so far that /joke says this."""
    while sign not in (await asked(person, "/joke goose")).text:
        pass


async def test_a_joke_comes_at_its_time_and_goes_at_its_time(tmp_path: Path) -> None:
    clock = Clock(WEDNESDAY)
    async with Playground() as telegram:
        owner, reader = telegram.person("Olga"), telegram.person("Ann")
        settings = settings_for(telegram, tmp_path, admins=(owner.id,), tick_seconds=0.05)
        async with serving(settings, clock):
            preview = await asked(owner, GOOSE)
            await owner.press(preview, "When")
            await owner.press(await preview.edited(), "Tomorrow 8:00")
            assert "⏰ Comes May 2, 2024, 08:00" in (await preview.edited()).text
            await owner.press(preview, "When")
            await owner.press(await preview.edited(), "7 days")
            assert "⌛ Goes May 9, 2024, 08:00" in (await preview.edited()).text
            await owner.press(preview, "Publish")
            assert (await preview.edited()).text.startswith("Planned: 😄 Why did the goose")
            assert "no joke with" in (await asked(reader, "/joke goose")).text
            clock.turn(hours=20)
            await told(reader, "horn section")
            clock.turn(days=7)
            await told(reader, "no joke with")
            audit = (await asked(owner, "/audit")).text.splitlines()
            goose = "😄 Why did the goose join the band?"
            assert f"let expire {goose} (joke-" in audit[0]
            assert f"added {goose} (joke-" in audit[1]
            assert audit[2].endswith(f"planned {goose}")


async def test_a_typed_time_is_read_and_what_was_planned_is_called_off(tmp_path: Path) -> None:
    clock = Clock(WEDNESDAY)
    async with Playground() as telegram:
        owner, reader = telegram.person("Olga"), telegram.person("Ann")
        settings = settings_for(telegram, tmp_path, admins=(owner.id,), tick_seconds=0.05)
        async with serving(settings, clock):
            preview = await asked(owner, GOOSE)
            await owner.press(preview, "When")
            await owner.press(await preview.edited(), "Another time")
            assert "Send me a time" in (await owner.reply()).text
            assert "can't read that time" in (await asked(owner, "whenever")).text
            assert "before it comes" in (await asked(owner, "fri 9:00 until thu 9:00")).text
            preview = await asked(owner, "fri 9:00 until 2024-12-24")
            assert "Comes May 3, 2024, 09:00" in preview.text
            assert "Goes Dec 24, 2024, 08:00" in preview.text
            await owner.press(preview, "Publish")
            await preview.edited()
            listed = await asked(owner, "/undo")
            await owner.press(listed, "Planned: 😄 Why did the goose")
            assert (await listed.edited()).text.startswith("Called off: 😄 Why did the goose")
            clock.turn(days=3)
            assert (await asked(owner, "/undo")).text == "There is nothing to take back."
            assert "no joke with" in (await asked(reader, "/joke goose")).text
