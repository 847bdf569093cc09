"""Content comes onto the shelves: at every start, and when somebody imports it."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from bot.config import Settings
from bot.content import folder as folders
from bot.errors import UsageError
from bot.services import shelves
from bot.store import jokes, migrate, reports, seeds
from bot.store.database import Connection, Database
from bot.store.seeds import Applied
from tests.content.samples import headline, joke, put, report
from tests.store.samples import shelved

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
TABLE = jokes.jokes
SAVED_PAGE = Path(__file__).parents[1] / "data" / "saved-page.txt"


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/data/quipwire.db")
    await migrate.upgrade(database)
    yield database
    await database.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder with something on each shelf."""
    place = tmp_path / "content"
    put(place, "jokes/en.jsonl", joke("a"), joke("b"))
    put(place, "jokes/zh.jsonl", joke("c", text="笑话。"))
    put(place, "headlines/en.jsonl", headline())
    put(place, "reports/r.md", report())
    return place


def texts(conn: Connection) -> dict[str, str]:
    shelved = select(TABLE.c.key, TABLE.c.text).where(TABLE.c.removed_at.is_(None))
    return dict(conn.execute(shelved).all())


def admin_does(conn: Connection, /, key: str, **values: object) -> None:
    conn.execute(update(TABLE).where(TABLE.c.key == key).values(**values))


async def seed(db: Database, folder: Path) -> Applied | None:
    return await shelves.seed(db, folder, NOW + timedelta(minutes=1))


async def test_the_first_start_fills_all_three_shelves(db: Database, folder: Path) -> None:
    assert await seed(db, folder) == Applied(added=5, changed=0, kept=0, removed=0)
    assert len(await db.read(jokes.search, "en", "", 9)) == 2
    assert len(await db.read(jokes.search, "zh", "", 9)) == 1
    assert await db.read(reports.languages) == {"en": 1}
    assert await db.read(shelved) == []
    assert len(await db.read(shelved, samples=True)) == 1


async def test_an_unchanged_folder_is_not_even_read(
    db: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await seed(db, folder)
    monkeypatch.setattr(folders, "read_folder", None)
    monkeypatch.setattr(folders, "digest", None)
    assert await seed(db, folder) is None


async def test_files_that_are_only_newer_or_elsewhere_change_nothing(
    db: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await seed(db, folder)
    os.utime(folder / "jokes/en.jsonl", (1, 1))
    moved = folder.with_name("moved")
    folder.rename(moved)
    monkeypatch.setattr(folders, "read_folder", None)
    assert await seed(db, moved) is None
    monkeypatch.setattr(folders, "digest", None)
    assert await seed(db, moved) is None


async def test_edited_files_are_followed(db: Database, folder: Path) -> None:
    await seed(db, folder)
    put(folder, "jokes/en.jsonl", joke("a", text="Better."), joke("new"))
    assert await seed(db, folder) == Applied(added=1, changed=1, kept=3, removed=1)
    assert set(await db.read(texts)) == {"a", "new", "c"}
    assert (await db.read(texts))["a"] == "Better."


async def test_a_file_that_went_takes_its_jokes_with_it_and_brings_them_back(
    db: Database, folder: Path
) -> None:
    await seed(db, folder)
    away = (folder / "jokes/zh.jsonl").rename(folder / "zh")
    assert await seed(db, folder) == Applied(0, 0, 4, 1)
    assert set(await db.read(texts)) == {"a", "b"}
    away.rename(folder / "jokes/zh.jsonl")
    assert await seed(db, folder) == Applied(1, 0, 4, 0)
    assert set(await db.read(texts)) == {"a", "b", "c"}


async def test_what_an_admin_edited_or_removed_stays_so(db: Database, folder: Path) -> None:
    await seed(db, folder)
    await db.write(admin_does, "a", text="Edited.", edited_at=NOW)
    await db.write(admin_does, "b", removed_at=NOW)
    put(folder, "jokes/en.jsonl", joke("a", text="File."), joke("b", text="File."), joke("d"))
    assert await seed(db, folder) == Applied(1, 0, 5, 0)
    assert await db.read(texts) == {"a": "Edited.", "c": "笑话。", "d": "Joke d."}


async def test_a_broken_line_is_logged_left_out_and_takes_nothing_down(
    db: Database, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await seed(db, folder)
    put(folder, "jokes/en.jsonl", joke("new"), '{"id": "a", broken', joke("b", category="B"))
    assert await seed(db, folder) == Applied(1, 0, 3, 0)
    assert set(await db.read(texts)) == {"a", "b", "c", "new"}
    warnings = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert [line.split(" ")[0] for line in warnings] == ["jokes/en.jsonl:2:", "jokes/en.jsonl:3:"]


async def test_broken_lines_are_told_at_each_start_until_they_are_mended(
    db: Database, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(folder, "jokes/en.jsonl", joke("a"), "broken")
    await seed(db, folder)
    caplog.clear()
    assert await seed(db, folder) == Applied(0, 0, 4, 0)
    assert "jokes/en.jsonl:2: " in caplog.text
    put(folder, "jokes/en.jsonl", joke("b"))
    assert await seed(db, folder) == Applied(1, 0, 3, 1)
    caplog.clear()
    assert await seed(db, folder) is None
    assert not caplog.text


async def test_another_shelf_is_still_pruned_beside_a_broken_one(
    db: Database, folder: Path
) -> None:
    await seed(db, folder)
    put(folder, "jokes/en.jsonl", "broken")
    put(folder, "headlines/en.jsonl", headline("other"))
    assert await seed(db, folder) == Applied(1, 0, 2, 1)


async def test_an_empty_or_missing_folder_empties_no_shelf(
    db: Database, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await seed(db, folder)
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "empty", tmp_path / "missing"):
        caplog.clear()
        assert await seed(db, place) is None
        assert "holds no content" in caplog.text
    assert len(await db.read(texts)) == 3


async def test_a_crash_in_the_middle_of_seeding_leaves_nothing_and_the_next_start_does_it_all(
    db: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise ConnectionResetError

    with monkeypatch.context() as patch:
        patch.setattr(seeds, "set_digest", crash)
        with pytest.raises(ConnectionResetError):
            await seed(db, folder)
    assert await db.read(texts) == {}
    assert await seed(db, folder) == Applied(5, 0, 0, 0)


def settings(place: Path) -> Settings:
    return Settings(content_dir=place)


def test_the_folder_that_the_host_names_counts(tmp_path: Path) -> None:
    assert shelves.content_folder(settings(tmp_path)) == tmp_path
    with pytest.raises(UsageError, match=r"BOT_CONTENT_DIR names .*nowhere"):
        shelves.content_folder(settings(tmp_path / "nowhere"))
    with pytest.raises(UsageError, match="BOT_CONTENT_DIR"):
        shelves.content_folder(settings(put(tmp_path, "file", "x")))


def test_without_a_name_content_in_this_folder_counts_and_else_what_came_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    came_along = shelves.content_folder(settings(Path("content")))
    assert (came_along / "jokes/en.jsonl").is_file()
    (tmp_path / "content").mkdir()
    assert shelves.content_folder(settings(Path("content"))) == Path("content")
