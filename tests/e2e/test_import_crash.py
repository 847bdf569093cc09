"""A bot that is killed in the middle of an import: all of it comes in once, or nothing does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from bot.playground import Playground
from bot.store.database import Database
from bot.store.imports import import_steps, imports
from bot.store.jokes import SHELVED, jokes
from tests.content.samples import joke, put
from tests.e2e.test_crash import process
from tests.e2e.test_import import looked
from tests.e2e.test_roles import ask

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.playground import Person, Received
    from bot.store.database import Connection

MANY = 1_500
JOKES = "\n".join(json.dumps(joke(f"k{n}", text=f"Quokka {n} naps.")) for n in range(MANY))
WHOLE = f"Imported. {MANY:,} new, 0 changed, 0 as before."


@pytest.fixture
async def world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[Playground]:
    put(tmp_path, "content/jokes/en.jsonl", joke("seed", text="A seed."))
    monkeypatch.setenv("BOT_CONTENT_DIR", str(tmp_path / "content"))
    async with Playground() as made:
        yield made


@pytest.fixture
def olga(world: Playground, monkeypatch: pytest.MonkeyPatch) -> Person:
    """The owner of the bot that is killed."""
    owner = world.person("Olga")
    monkeypatch.setenv("BOT_ADMINS", str(owner.id))
    return owner


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    """Looks into the bot's data while it runs, and when it is dead."""
    opened = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/quipwire.db")
    yield opened
    await opened.close()


def on_the_shelf(conn: Connection) -> int:
    return conn.scalar(select(func.count()).where(SHELVED, jokes.c.text.like("Quokka%"))) or 0


def steps(conn: Connection) -> int:
    return conn.scalar(select(func.count()).select_from(import_steps)) or 0


def state(conn: Connection) -> str | None:
    return conn.scalar(select(imports.c.state))


async def turned(message: Received, beginning: str) -> str:
    """What the message becomes; how far the bot is may show meanwhile."""
    while not message.text.startswith(beginning):
        await message.edited()
    return message.text


async def begun(olga: Person) -> Received:
    """The message of an import that was just told to go."""
    preview = await looked(olga, JOKES, "en.jsonl")
    await turned(preview, "📥")
    await olga.press(preview, "Import")
    return preview


async def killed_in_the_middle(
    world: Playground, olga: Person, db: Database, folder: Path
) -> Received:
    """The message of an import whose bot is dead, and which has written something."""
    async with process(world, folder):
        shown = await begun(olga)
        while await db.read(on_the_shelf) < MANY // 10:
            pass
    assert 0 < await db.read(on_the_shelf) < MANY
    assert await db.read(state) == "running"
    return shown


async def test_after_its_restart_it_is_finished_told_and_can_be_taken_back(
    world: Playground, olga: Person, db: Database, tmp_path: Path
) -> None:
    shown = await killed_in_the_middle(world, olga, db, tmp_path)
    async with process(world, tmp_path):
        assert await turned(shown, "Imported") == WHOLE
        assert shown.buttons == [["↩ Undo all of it"]]
        assert await db.read(on_the_shelf) == MANY
        await olga.send("/undo")
        listed = await olga.reply()
        assert listed.buttons == [["↩ Imported: en.jsonl"]]
        await olga.press(listed, "Imported: en.jsonl")
        assert (await listed.edited()).text == "Taken back: en.jsonl"
        assert await db.read(on_the_shelf) == 0
        assert "no joke with" in await ask(olga, "/joke quokka")
        told = (await ask(olga, "/audit")).splitlines()
        assert [line.partition("import-1 ")[2] for line in told[:2]] == ["en.jsonl"] * 2
        assert len(told) == 2


async def test_what_can_t_be_finished_after_the_restart_is_wholly_undone_and_told(
    world: Playground, olga: Person, db: Database, tmp_path: Path
) -> None:
    shown = await killed_in_the_middle(world, olga, db, tmp_path)
    world.faults.answer("getFile", 400)
    async with process(world, tmp_path):
        told = await olga.reply()
        assert told.text == "Telegram does not hand out that file: please send it again."
        assert await db.read(on_the_shelf) == 0
        assert await db.read(steps) == 0
        assert await ask(olga, "/undo") == "There is nothing to take back."
        await olga.press(shown, "Import")
        assert await turned(shown, "Imported") == WHOLE


async def test_killed_while_it_takes_an_import_back_it_goes_on_with_that(
    world: Playground, olga: Person, db: Database, tmp_path: Path
) -> None:
    async with process(world, tmp_path):
        done = await begun(olga)
        await turned(done, "Imported")
        await olga.press(done, "Undo")
        while await db.read(on_the_shelf) == MANY:
            pass
    assert await db.read(steps)
    async with process(world, tmp_path):
        assert await turned(done, "Taken back") == "Taken back: en.jsonl"
        assert await db.read(on_the_shelf) == 0
        assert await ask(olga, "/undo") == "There is nothing to take back."
