"""An owner sees at a glance how the bot is doing."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from bot.content import read_folder
from bot.playground import Playground
from bot.store import outbox
from bot.store.database import Database
from tests.content.samples import put
from tests.e2e.conftest import serving, settings_for
from tests.store.samples import NOW, later

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection


def trouble(conn: Connection) -> None:
    """A message that never arrived, one that may have, and an announcement of unknown fate."""
    fates = (("dead", "digest", "Forbidden: <b>gone"), ("parked", "digest", "?"),
             ("parked", "broadcast", "?"))  # fmt: skip
    rows = [
        {"key": f"{number}", "kind": kind, "chat_id": 77, "day": NOW.date(), "payload": '["x", []]',
         "state": state, "due_at": NOW, "not_before": later(10**9), "error": error,
         "settled_at": datetime.now(UTC)}
        for number, (state, kind, error) in enumerate(fates)
    ]  # fmt: skip
    outbox.post(conn, rows)


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_when_all_is_well_it_says_so(tmp_path: Path, language: str) -> None:
    async with Playground() as telegram:
        owner = telegram.person("Owner", language_code=language)
        async with serving(settings_for(telegram, tmp_path, admins=(owner.id,))):
            await owner.send("/health")
            said = await owner.reply()
            first = {"en": "🩺 All is well.", "zh": "🩺 一切正常。"}[language]
            assert said.text.splitlines()[0] == first
            assert "📬" in said.text
            assert "GB" in said.text
            await owner.press(said, "⟳")


async def test_what_never_arrived_is_told_by_reason_and_the_uncertain_can_be_sent_again(
    tmp_path: Path,
) -> None:
    async with Playground() as telegram:
        owner = telegram.person("Owner")
        settings = settings_for(telegram, tmp_path, admins=(owner.id,), tick_seconds=3600)
        async with serving(settings):
            await owner.send("/about")
            await owner.reply()
            db = await Database.open(settings.database)
            await db.write(trouble)
            await owner.send("/health")
            said = await owner.reply()
            assert said.text.startswith("🩺 Something needs a look.")
            assert "✉️ 1 message never arrived:\n  1 × Forbidden: <b>gone" in said.text
            assert "❓ Of 2 messages nobody knows if they arrived." in said.text
            assert await owner.press(said, "Send the uncertain ones again") == "1 is sent again."
            assert "❓ Of 1 message nobody knows" in (await said.edited()).text
            await db.close()


async def test_all_content_comes_as_one_file_that_can_be_read_again(tmp_path: Path) -> None:
    async with Playground() as telegram:
        owner = telegram.person("Owner")
        async with serving(settings_for(telegram, tmp_path, admins=(owner.id,))):
            await owner.send("/export")
            file = (await owner.reply()).document
            assert file is not None
            with ZipFile(BytesIO(file.data)) as packed:
                packed.extractall(tmp_path / "out")
    found = read_folder(tmp_path / "out")
    assert len(found.jokes) >= 400
    assert found.problems == ()


async def test_a_backup_comes_as_a_file_and_the_last_one_is_told(tmp_path: Path) -> None:
    async with Playground() as telegram:
        owner = telegram.person("Owner")
        put(tmp_path, "backups/quipwire-20240501-120000.db", "an older one")
        async with serving(settings_for(telegram, tmp_path, admins=(owner.id,))):
            await owner.send("/backup")
            file = (await owner.reply()).document
            assert file is not None
            assert file.data.startswith(b"SQLite format 3")
            assert telegram.token.encode() not in file.data
            await owner.send("/health")
            assert "Backed up May 1, 2024." in (await owner.reply()).text
            club = telegram.group("Club", members=[owner])
            await owner.reply(in_=club)
            await owner.send("/backup", in_=club)
            assert "private chat" in (await owner.reply(in_=club)).text
