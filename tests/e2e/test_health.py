"""An owner sees at a glance how the bot is doing."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from bot.content import read_folder
from bot.playground import Playground
from bot.store import outbox
from bot.store.database import Database
from tests.content.samples import put
from tests.e2e.conftest import NOON, Clock, serving, settings_for
from tests.store.samples import NOW, later

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection


def trouble(conn: Connection, chat_id: int = 77) -> None:
    """A message that never arrived, one that may have, and an announcement of unknown fate."""
    fates = (("dead", "digest", "Forbidden: <b>gone"), ("parked", "digest", "?"),
             ("parked", "broadcast", "?"))  # fmt: skip
    rows = [
        {"key": f"{number}", "kind": kind, "chat_id": chat_id, "day": NOW.date(),
         "payload": '["x", []]', "state": state, "due_at": NOW, "not_before": later(10**9),
         "error": error, "settled_at": datetime.now(UTC)}
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


async def test_two_admins_back_up_at_the_same_moment(tmp_path: Path) -> None:
    async with Playground() as telegram:
        both = [telegram.person("Olga"), telegram.person("Ada")]
        old = put(tmp_path, "backups/quipwire-asked-7-20240501-120000.db.trial", "in the clear")
        os.utime(old, (0, 0))
        settings = settings_for(telegram, tmp_path, admins=[each.id for each in both])
        async with serving(settings, Clock(NOON)):
            for person in both:
                await person.send("/backup")
            for person in both:
                file = (await person.reply()).document
                assert file is not None
                assert file.data.startswith(b"SQLite format 3")
    assert [path.name for path in (tmp_path / "backups").iterdir()] == ["last.txt"]


async def test_who_asks_is_not_counted_as_one_who_waits(tmp_path: Path) -> None:
    async with Playground() as telegram:
        owner = telegram.person("Owner")
        async with serving(settings_for(telegram, tmp_path, admins=(owner.id,))):
            for _ in range(3):
                await owner.send("/health")
                said = (await owner.reply()).text
                assert "📥 Every request is answered." in said
            assert "🗄 No backup yet: /backup makes one." in said


@pytest.mark.parametrize(
    ("made", "line"),
    [
        ("20240501-090000", "🗄 Backed up 3 hours ago, and tried out."),
        ("20240429-090000", "⚠ Last backed up 2 days ago: the next is late, and the log says why."),
    ],
)
async def test_a_backup_that_should_have_come_and_did_not_is_told(
    tmp_path: Path, made: str, line: str
) -> None:
    async with Playground() as telegram:
        owner = telegram.person("Owner")
        put(tmp_path / "data", f"backups/quipwire-{made}.db", "an older one")
        settings = settings_for(
            telegram, tmp_path / "data", admins=(owner.id,), tick_seconds=3600,
            backup_every=timedelta(hours=12), backup_passphrase=None,
        )  # fmt: skip
        async with serving(settings, Clock(NOON)):
            await owner.send("/health")
            said = (await owner.reply()).text
            assert line in said
            assert said.startswith(
                "🩺 Something needs a look." if "⚠" in line else "🩺 All is well."
            )


async def test_who_left_is_no_trouble(tmp_path: Path) -> None:
    async with Playground() as telegram:
        owner, ann = telegram.person("Owner"), telegram.person("Ann")
        settings = settings_for(telegram, tmp_path, admins=(owner.id,), tick_seconds=3600)
        async with serving(settings):
            await ann.send("/about")
            await ann.reply()
            ann.block()
            db = await Database.open(settings.database)
            await db.write(trouble, ann.id)
            await db.close()
            await owner.send("/health")
            assert "never arrived" not in (await owner.reply()).text


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
            toast = await owner.press(said, "Send the uncertain ones again")
            assert toast == "Those are announcements: decide below each of them."
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


async def test_a_backup_comes_as_a_file_and_is_told_as_the_last_one(tmp_path: Path) -> None:
    async with Playground() as telegram:
        owner = telegram.person("Owner")
        async with serving(settings_for(telegram, tmp_path, admins=(owner.id,))):
            await owner.send("/backup")
            file = (await owner.reply()).document
            assert file is not None
            assert file.data.startswith(b"SQLite format 3")
            assert telegram.token.encode() not in file.data
            await owner.send("/health")
            assert "🗄 Backed up 1 minute ago, and tried out." in (await owner.reply()).text
            club = telegram.group("Club", members=[owner])
            await owner.reply(in_=club)
            await owner.send("/backup", in_=club)
            assert "private chat" in (await owner.reply(in_=club)).text
