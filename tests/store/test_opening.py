"""What can be wrong with a database is told when it is opened, in one sentence."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import make_url

from bot.errors import UsageError, UserError
from bot.store import chats, migrate
from bot.store.database import Database
from tests.databases import postgres_only
from tests.store.samples import note

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_file_that_is_no_database_is_named_in_one_sentence(
    file_url: str, tmp_path: Path
) -> None:
    (tmp_path / "quipwire.db").write_text("Dear diary, " * 100)
    with pytest.raises(UserError, match=r"quipwire\.db is no SQLite database") as caught:
        await Database.open(file_url)
    assert "\n" not in str(caught.value)
    assert (tmp_path / "quipwire.db").read_text() == "Dear diary, " * 100


async def test_a_damaged_file_is_told_at_start(file_url: str, tmp_path: Path) -> None:
    db = await Database.open(file_url)
    await migrate.upgrade(db)
    for number in range(300):
        await db.write(note, number)
    await db.close()
    file = tmp_path / "quipwire.db"
    content = bytearray(file.read_bytes())
    for page in range(4096, len(content) - 4096, 4096):
        content[page : page + 64] = b"\xff" * 64
    file.write_bytes(content)
    with pytest.raises(UserError, match="is damaged"):
        await Database.open(file_url)


async def test_a_cut_off_file_is_told_at_start(file_url: str, tmp_path: Path) -> None:
    db = await Database.open(file_url)
    await migrate.upgrade(db)
    await db.close()
    file = tmp_path / "quipwire.db"
    file.write_bytes(file.read_bytes()[: 3 * 4096])
    with pytest.raises(UserError, match="is damaged"):
        await Database.open(file_url)


async def test_a_read_only_folder_is_told_in_one_sentence(forbidden_folder: Path) -> None:
    file = forbidden_folder / "quipwire.db"
    with pytest.raises(UserError, match="can't be written"):
        await Database.open(f"sqlite+aiosqlite:///{file}")
    with pytest.raises(UserError, match="can't be made"):
        await Database.open(f"sqlite+aiosqlite:///{forbidden_folder}/deeper/quipwire.db")
    assert not file.exists()


async def test_a_file_held_by_another_program_is_told(
    file_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.sqlite.BUSY_SECONDS", 0.01)
    holder = sqlite3.connect(tmp_path / "quipwire.db", isolation_level=None)
    holder.execute("PRAGMA journal_mode=WAL")
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(UserError, match="Another program holds"):
        await Database.open(file_url)
    holder.close()


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "quipwire.db",
        "mysql://root:secret@host/db",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite+aiosqlite://secret@host/file.db",
        "postgresql://me:secret@host:port/db",
    ],
)
async def test_a_bad_url_is_a_wrong_setting_and_shows_no_secret(bad: str) -> None:
    with pytest.raises(UsageError, match="BOT_DATABASE_URL should look like") as caught:
        await Database.open(bad)
    assert "secret" not in str(caught.value)


async def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    with pytest.raises(UserError, match="can't be used") as caught:
        await Database.open("postgresql+asyncpg://me:secret@127.0.0.1:1/db")
    assert "127.0.0.1" in str(caught.value)
    assert "secret" not in str(caught.value)


@postgres_only
async def test_what_the_server_refuses_is_told_in_one_sentence(schema_url: str) -> None:
    missing = make_url(schema_url).set(database="no_such_database")
    for url in (
        missing.render_as_string(hide_password=False),
        schema_url + "&no_such_setting=1",
        schema_url + "&sslmode=maybe",
    ):
        with pytest.raises(UserError, match="can't be used") as caught:
            await Database.open(url)
        assert "\n" not in str(caught.value)


async def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    file = tmp_path / "50%20 what? 数据" / "quipwire.db"
    db = await Database.open(f"sqlite+aiosqlite:///{file}")
    assert db.path == file
    await db.close()


async def test_plain_urls_work_as_well(tmp_path: Path) -> None:
    db = await Database.open(f"sqlite:///{tmp_path}/deeper/quipwire.db")
    assert db.dialect == "sqlite"
    assert db.path == tmp_path / "deeper" / "quipwire.db"
    await migrate.upgrade(db)
    assert not await db.read(chats.is_admitted, 1, None)
    await db.close()
