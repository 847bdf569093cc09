"""Backups come every so often, and only the last few are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.config import Settings
from bot.jobs.backup import Backups
from bot.services import backups
from bot.store import migrate
from bot.store.database import Database

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def settings_for(folder: Path, every: timedelta | None) -> Settings:
    values: dict[str, Any] = {name: field.default for name, field in Settings.model_fields.items()}
    return Settings.model_construct(**values | {"data_dir": folder, "backup_every": every})


async def test_one_is_made_when_it_is_time_by_the_program_itself(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, timedelta(hours=24))
    db = await Database.open(settings.database)
    await migrate.upgrade(db)
    await db.close()
    for hours in (0, 1, 23.9, 24.1):
        await Backups(settings).run(NOW + timedelta(hours=hours))
    names = [path.name for _, path in backups.made(tmp_path)]
    assert names == ["quipwire-20260302-120600.db", "quipwire-20260301-120000.db"]


async def test_the_last_seven_are_kept_and_what_is_not_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def make(_: Settings, target: Path) -> None:
        target.parent.mkdir(exist_ok=True)
        target.touch()

    monkeypatch.setattr(backups, "back_up_apart", make)
    job = Backups(settings_for(tmp_path, timedelta(hours=24)))
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "quipwire-notes.txt").touch()
    for day in range(10):
        await job.run(NOW + timedelta(days=day))
    assert len(backups.made(tmp_path)) == backups.KEPT
    assert (tmp_path / "backups" / "quipwire-notes.txt").exists()


async def test_a_failure_is_one_line_and_tried_again_later(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    job = Backups(settings_for(tmp_path, timedelta(hours=24)))
    for minutes in (0, 5, 61):
        await job.run(NOW + timedelta(minutes=minutes))
    assert [record.message for record in caplog.records] == [
        "The backup failed: There is no database yet: start Quipwire once."
    ] * 2


async def test_without_the_setting_nothing_happens(tmp_path: Path) -> None:
    await Backups(settings_for(tmp_path, None)).run(NOW)
    assert list(tmp_path.iterdir()) == []
