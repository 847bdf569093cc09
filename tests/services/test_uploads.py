"""A file that an admin sent, whatever its name, is looked at and brought in by a program apart."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from bot.config import Settings
from bot.errors import UserError
from bot.models.imports import Tally
from bot.services import uploads
from bot.store import migrate
from bot.store.database import Database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.models.imports import Import

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
ANN, BEN = 1, 2
TABLE = b"Question,Answer\nWhy did the quokka smile?,It had a plan.\n"
SONG = b"One evening.\nThe quokka sang."


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    values: dict[str, Any] = {name: field.default for name, field in Settings.model_fields.items()}
    return Settings.model_construct(**{**values, "data_dir": tmp_path / "data"})


@pytest.fixture
async def db(settings: Settings) -> AsyncIterator[Database]:
    opened = await Database.open(settings.database)
    await migrate.upgrade(opened)
    yield opened
    await opened.close()


async def go(
    db: Database, settings: Settings, one: Import, data: bytes, update_id: int = 1
) -> Import:
    async def fetch() -> bytes:
        return data

    return await uploads.go(db, settings, one, fetch, update_id, NOW, lambda *_: None)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("jokes.csv", "jokes.csv"),
        ("../../etc/jokes.csv", "jokes.csv"),
        ("..", "file"),
        ("...", "file"),
        ("", "file"),
        (" .jokes.csv. ", "jokes.csv"),
        ("a;b|c<d>\n.csv", "a-b-c-d-.csv"),
        ("--number 5.csv", "number 5.csv"),
        ("-", "file"),
        ("笑话 😄.csv", "笑话 -.csv"),
        ("x" * 300 + ".csv", "x" * 60 + ".csv"),
    ],
)
def test_a_name_becomes_one_that_a_file_may_have(sent: str, kept: str) -> None:
    assert uploads.safe(sent) == kept


async def test_a_name_that_leads_elsewhere_writes_nothing_there(
    db: Database, settings: Settings, tmp_path: Path
) -> None:
    evil = tmp_path / "evil.csv"
    found = await uploads.look(settings, str(evil), TABLE, None)
    assert found.tally == Tally(1, 0, 0)
    assert not evil.exists()


async def test_a_name_like_an_option_is_a_name(db: Database, settings: Settings) -> None:
    found = await uploads.look(settings, "--shelf.csv", TABLE, None)
    assert found.tally == Tally(1, 0, 0)


async def test_the_shelf_that_was_named_is_kept_until_its_admin_says_go(
    db: Database, settings: Settings
) -> None:
    with pytest.raises(UserError, match=r"can't tell where song\.txt belongs"):
        await uploads.look(settings, "song.txt", SONG, None)
    assert (await uploads.look(settings, "song.txt", SONG, "jokes")).counts == {"jokes": {"en": 1}}
    one = await uploads.keep(db, ANN, "song.txt", "file-1", "jokes", NOW)
    done = await go(db, settings, one, SONG)
    assert (done.state, done.tally) == ("done", Tally(1, 0, 0))
    assert await uploads.last(db, ANN) == [done]
    assert await uploads.last(db, BEN) == []


async def test_nobody_finds_what_another_sent_or_what_is_over(
    db: Database, settings: Settings
) -> None:
    one = await uploads.keep(db, ANN, "jokes.csv", "file-1", None, NOW)
    assert await uploads.find(db, ANN, one.id) == one
    with pytest.raises(UserError, match="is closed"):
        await uploads.find(db, BEN, one.id)
    await uploads.drop(db, one)
    with pytest.raises(UserError, match="is closed"):
        await uploads.find(db, ANN, one.id)
    with pytest.raises(UserError, match="broke off"):
        await go(db, settings, one, TABLE)


async def test_a_look_that_takes_too_long_is_ended(
    db: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "IMPORT_SECONDS", 0)
    with pytest.raises(UserError, match="too long to read"):
        await uploads.look(settings, "jokes.csv", TABLE, None)
