"""A host asks what is wrong, and reads one line about each thing, while nothing is changed."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import socket
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from sqlalchemy import text

from bot.child import tasks
from bot.cli import checkup
from bot.cli.checkup import LOOKS, Checkup, Finding
from bot.config import Settings
from bot.playground import Playground
from bot.services import backups
from bot.store import backups as copies
from bot.store import migrate
from bot.store.database import Database
from bot.store.lock import lock_data
from bot.tg import doctor
from tests.cli.program import program
from tests.databases import postgres_only

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sqlalchemy import Connection

    from tests.cli.program import Program

__all__ = ["program"]

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
GB = 10**9
TOKEN = "123456:a-token-nobody-else-has"


@pytest.fixture
async def telegram() -> AsyncIterator[Playground]:
    async with Playground() as playground:
        yield playground


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but the test's own."""
    for name in os.environ:
        if name.startswith("BOT_") and not name.startswith("BOT_TEST_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("BOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def only(monkeypatch: pytest.MonkeyPatch, *looks: str) -> None:
    monkeypatch.setattr(checkup, "LOOKS", {name: LOOKS[name] for name in looks})


async def found(
    monkeypatch: pytest.MonkeyPatch, *looks: str, **settings: object
) -> dict[str, Finding]:
    """What these looks find."""
    only(monkeypatch, *looks)
    made = Settings.load().model_copy(update=Settings(**settings).model_dump(exclude_unset=True))  # type: ignore[arg-type]
    return {each.check: each async for each in Checkup(made, NOW).findings()}


async def ill(monkeypatch: pytest.MonkeyPatch, *looks: str, **settings: object) -> str:
    """What the last of these looks says is wrong."""
    finding = (await found(monkeypatch, *looks, **settings))[looks[-1]]
    assert not finding.ok, finding.says
    return finding.says


async def well(monkeypatch: pytest.MonkeyPatch, *looks: str, **settings: object) -> str:
    """What the last of these looks says is fine."""
    finding = (await found(monkeypatch, *looks, **settings))[looks[-1]]
    assert finding.ok, finding.says
    return finding.says


def everything(folder: Path) -> dict[str, str]:
    """Each file with what is in it; not that with which SQLite's users find their way."""
    return {
        str(path): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith("-shm")
    }


def test_a_fresh_machine_is_told_that_nothing_was_started_yet(
    program: Program, tmp_path: Path
) -> None:
    code, out, err = program("doctor")
    lines = out.splitlines()
    assert (code, err) == (1, "")
    assert "BOT_TOKEN is not set, so quipwire opens the playground" in lines[0]
    assert [line for line in lines if line.startswith("✗")] == [
        f"✗ There is no folder {tmp_path}/data/playground: the first start makes it. If the bot "
        "ran before, do this in its folder, or set BOT_DATA_DIR.",
        f"✗ There is no database at {tmp_path}/data/playground/quipwire.db yet: "
        "start the bot first.",
    ]
    assert list(tmp_path.iterdir()) == []


async def test_beside_a_running_bot_all_is_well_and_nothing_is_changed(
    telegram: Playground, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, *(look for look in LOOKS if look not in {"reader", "fonts"}))
    monkeypatch.setenv("BOT_TOKEN", telegram.token)
    monkeypatch.setenv("BOT_API_URL", telegram.url)
    monkeypatch.setenv("BOT_ADMINS", "7")
    with lock_data(tmp_path / "data"):
        running = await Database.open(Settings.load().database)
        await migrate.upgrade(running)
        before = everything(tmp_path)
        code, out, err = await asyncio.to_thread(program, "doctor")
        assert everything(tmp_path) == before
        await running.close()
    assert (code, err) == (0, "")
    assert all(line.startswith("✓ ") for line in out.splitlines())
    assert "There is 1 owner" in out
    assert "it belongs to @quipwire_bot" in out
    assert telegram.token.partition(":")[2] not in out
    assert {call.method for call in telegram.calls} == {"getMe", "getWebhookInfo"}


def test_a_program_reads_the_same_as_json(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, "settings", "database")
    code, out, _ = program("doctor", "--json")
    settings, database = json.loads(out)
    assert code == 1
    assert (settings["check"], settings["ok"]) == ("settings", True)
    assert (database["check"], database["ok"]) == ("database", False)
    assert "no database" in database["says"]


def test_a_terminal_without_the_signs_reads_words(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, "settings", "database")
    monkeypatch.setenv("BOT_DATA_DIR", "笑话")
    shown = BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(shown, encoding="ascii"))
    assert program("doctor")[0] == 1
    sys.stdout.flush()
    well, ill = shown.getvalue().decode("ascii").splitlines()
    assert well.startswith("ok: The settings")
    assert ill.startswith("not ok: There is no database at ")
    assert r"\u7b11\u8bdd" in ill


@pytest.mark.parametrize(
    ("name", "value"), [("BOT_ADMINS", "me"), ("BOT_DATABASE_URL", "mysql://root:secret@host/x")]
)
def test_a_bad_setting_ends_it_as_it_ends_the_bot(
    program: Program, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    code, out, err = program("doctor")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert name in err
    assert "secret" not in err


async def test_a_look_that_fails_stops_no_other_and_tells_no_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_: Checkup) -> str:
        raise RuntimeError(f"unheard of: {TOKEN}")

    monkeypatch.setattr(checkup, "LOOKS", {"first": broken, "settings": Checkup.settings})
    settings = Settings.load().model_copy(update={"token": None})
    first, second = [each async for each in Checkup(settings, NOW).findings()]
    assert (first.ok, second.ok) == (False, True)
    assert first.says.startswith("This look failed (RuntimeError at test_doctor.py")
    assert TOKEN not in first.says


async def test_where_the_settings_come_from_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(f"BOT_TOKEN={TOKEN}")
    says = await well(monkeypatch, "settings")
    assert says == (
        f"The settings of the environment and {tmp_path}/.env are sound: this bot serves Telegram."
    )


async def test_a_webhook_that_could_not_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    hook = {"webhook_url": "https://bot.example/hook", "listen": "127.0.0.1:8080"}
    said = await ill(monkeypatch, "settings", token=TOKEN, **hook)
    assert said == "BOT_WEBHOOK_URL needs BOT_WEBHOOK_SECRET: see .env.example."
    assert await well(monkeypatch, "settings", **hook)


async def test_a_bot_without_an_owner_is_told_how_to_get_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "set BOT_ADMINS to the id" in await ill(monkeypatch, "owners", token=TOKEN)
    assert "are 2 owners" in await well(monkeypatch, "owners", token=TOKEN, admins="1,2")


async def test_what_another_user_left_in_the_data_folder_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "lost+found").mkdir()
    allowed, others = os.access, {"lost+found", "quipwire.lock"}
    monkeypatch.setattr(os, "access", lambda at, how: at.name not in others and allowed(at, how))
    assert str(data) in await well(monkeypatch, "data", token=TOKEN)
    (data / "quipwire.lock").touch()
    says = await ill(monkeypatch, "data", token=TOKEN)
    assert says.startswith(f"{data}/quipwire.lock can't be written by this user")


async def test_a_disk_that_is_nearly_full_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    usage = type(shutil.disk_usage(tmp_path))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(9 * GB, 4 * GB, 5 * GB))
    assert "5.0 GB free" in await well(monkeypatch, "disk", token=TOKEN)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(9 * GB, 8 * GB, GB // 2))
    assert "only 0.5 GB free" in await ill(monkeypatch, "disk", token=TOKEN)


async def test_a_backup_that_did_not_come_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert await found(monkeypatch, "backup", token=TOKEN) == {}
    daily = {"token": TOKEN, "backup_every": "1d"}
    assert "there is none yet" in await ill(monkeypatch, "backup", **daily)
    backups.note(tmp_path / "data", NOW - timedelta(days=5))
    assert "the last is 5 days old" in await ill(monkeypatch, "backup", **daily)
    backups.note(tmp_path / "data", NOW - timedelta(hours=5))
    assert await well(monkeypatch, "backup", **daily) == "The last backup is 5 hours old."


async def test_a_broken_line_of_the_content_is_told_with_its_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    jokes = tmp_path / "own" / "jokes"
    says = await ill(monkeypatch, "content", content_dir=tmp_path / "own")
    assert "there is no such folder" in says
    jokes.mkdir(parents=True)
    says = await ill(monkeypatch, "content", content_dir=tmp_path / "own")
    assert "holds no content" in says
    (jokes / "en.jsonl").write_text('{"id": "a", "category": "x", "text": "Ha."}\n{oops\n')
    says = await ill(monkeypatch, "content", content_dir=tmp_path / "own")
    assert "own has problems: jokes/en.jsonl:2: " in says
    assert says.endswith("(1 in all; quipwire check names each.)")
    assert "jokes: " in await well(monkeypatch, "content")


async def test_pending_steps_of_the_database_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    db = await Database.open(f"sqlite:///{tmp_path}/data/quipwire.db")
    await migrate.upgrade(db)
    assert "is up to date" in await well(monkeypatch, "database", token=TOKEN)
    await db.write(lambda conn: set_version(conn, migrate.revisions()[-3]))
    late, last = migrate.steps()[-2:]
    says = await ill(monkeypatch, "database", token=TOKEN)
    assert says.startswith(f"The database lacks {late}, {last}: stop the bot, run quipwire migrate")
    await db.write(lambda conn: set_version(conn, migrate.revisions()[0]))
    says = await ill(monkeypatch, "database", token=TOKEN)
    assert f"lacks {migrate.steps()[1]} to {last}: " in says
    await db.close()


def set_version(conn: Connection, revision: str) -> None:
    conn.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})


async def test_a_damaged_database_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "quipwire.db").write_bytes(b"no database " * 100)
    says = await ill(monkeypatch, "database", token=TOKEN)
    assert "is no SQLite database" in says


@postgres_only
async def test_a_server_is_looked_at_with_the_programs_that_back_it_up(
    monkeypatch: pytest.MonkeyPatch, schema_url: str
) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", schema_url)
    assert "lacks 0001_first to " in await ill(monkeypatch, "database", token=TOKEN)
    db = await Database.open(schema_url)
    await migrate.upgrade(db)
    await db.close()
    assert "server answers" in await well(monkeypatch, "database", token=TOKEN)
    assert "for backups, are here" in await well(monkeypatch, "database", "programs", token=TOKEN)
    monkeypatch.setattr(copies, "client_version", lambda: 9)
    says = await ill(monkeypatch, "database", "programs", token=TOKEN)
    assert says.startswith("Backups fail: PostgreSQL's client programs are of version 9, and its")


async def test_missing_programs_of_a_server_that_is_down_are_two_troubles(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("BOT_DATABASE_URL", f"postgresql://me:secret@127.0.0.1:{free_port()}/x")
    findings = await found(monkeypatch, "database", "programs", token=TOKEN)
    assert "can't be used (127.0.0.1: " in findings["database"].says
    assert findings["programs"].says == (
        "pg_dump is missing: install PostgreSQL's client programs."
    )
    assert "secret" not in str(findings)


def free_port() -> int:
    with closing(socket.socket()) as nobody:
        nobody.bind(("127.0.0.1", 0))
        return int(nobody.getsockname()[1])


async def test_a_refused_token_is_told_and_nothing_after_it(
    monkeypatch: pytest.MonkeyPatch, telegram: Playground
) -> None:
    findings = await found(
        monkeypatch, "token", "webhook", "clock", token=TOKEN, api_url=telegram.url
    )
    assert [(each.check, each.ok) for each in findings.values()] == [("token", False)]
    assert "refused BOT_TOKEN" in findings["token"].says
    assert "127.0.0.1 may be no Bot API" in findings["token"].says
    assert TOKEN.partition(":")[2] not in findings["token"].says


async def test_what_keeps_telegram_from_answering_is_one_sentence_each(
    monkeypatch: pytest.MonkeyPatch, telegram: Playground
) -> None:
    ours = {"token": telegram.token, "api_url": telegram.url}
    telegram.faults.answer("getMe", 429, retry_after=7)
    assert "wants to be left alone for 7 s" in await ill(monkeypatch, "token", **ours)
    telegram.faults.answer("getMe", 502)
    assert "no good answer (The Bot API answered 502)" in await ill(monkeypatch, "token", **ours)
    monkeypatch.setattr(doctor, "SECONDS", 0)
    assert "did not answer within 0 s" in await ill(monkeypatch, "token", **ours)
    nobody = f"http://127.0.0.1:{free_port()}"
    monkeypatch.setattr(doctor, "SECONDS", 60)
    says = await ill(monkeypatch, "token", token=TOKEN, api_url=nobody)
    assert "There is no way to 127.0.0.1" in says


@pytest.fixture
async def answering() -> AsyncIterator[tuple[str, dict[str, str], dict[str, object]]]:
    """Its address, the headers that it sends, and what it answers."""
    headers: dict[str, str] = {}
    result: dict[str, object] = {"username": "other_bot", "url": "", "pending_update_count": 0}

    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": result}, headers=headers)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}", headers, result
    await runner.cleanup()


async def test_a_clock_that_is_wrong_is_told(
    monkeypatch: pytest.MonkeyPatch,
    answering: tuple[str, dict[str, str], dict[str, object]],
) -> None:
    url, headers, _ = answering
    ours = {"token": TOKEN, "api_url": url}
    assert "agrees" in await well(monkeypatch, "token", "clock", **ours)
    for hours, told in ((5, "is 5 hours behind"), (-72, "is 3 days ahead of")):
        at = datetime.now(UTC) + timedelta(hours=hours, seconds=9)
        headers["Date"] = format_datetime(at, usegmt=True)
        assert told in await ill(monkeypatch, "token", "clock", **ours)


async def test_what_is_no_bot_api_is_told(
    monkeypatch: pytest.MonkeyPatch,
    answering: tuple[str, dict[str, str], dict[str, object]],
) -> None:
    url, _, result = answering
    result.clear()
    says = await ill(monkeypatch, "token", token=TOKEN, api_url=url)
    assert says == "127.0.0.1 is no Bot API: check BOT_API_URL."


async def test_a_webhook_is_there_if_and_only_if_it_is_wanted(
    monkeypatch: pytest.MonkeyPatch,
    answering: tuple[str, dict[str, str], dict[str, object]],
) -> None:
    url, _, result = answering
    hook = "https://bot.example/a-secret-path"
    polls, waits = {"token": TOKEN, "api_url": url}, {"webhook_url": hook}
    assert await well(monkeypatch, "token", "webhook", **polls) == "No webhook: it polls."
    assert "Telegram knows none" in await ill(monkeypatch, "token", "webhook", **polls, **waits)
    result["url"] = hook
    says = await ill(monkeypatch, "token", "webhook", **polls)
    assert says.startswith("Telegram sends everything to a webhook at bot.example, and this bot")
    says = await well(monkeypatch, "token", "webhook", **polls, **waits)
    assert says == "Telegram sends everything to bot.example."
    result["last_error_message"] = "Connection refused"
    assert await well(monkeypatch, "token", "webhook", **polls, **waits) == says
    result["pending_update_count"] = 3
    says = await ill(monkeypatch, "token", "webhook", **polls, **waits)
    assert says == "Telegram has trouble with the webhook at bot.example: Connection refused."
    result["url"] = "https://other.example/x"
    says = await ill(monkeypatch, "token", "webhook", **polls, **waits)
    assert "Telegram knows one at other.example" in says


async def test_a_reader_really_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    says = await well(monkeypatch, "reader", token=TOKEN)
    sentence = says.partition("“")[2].rstrip("”")
    assert sentence.endswith(".")
    assert sentence in checkup.TEXT


async def test_a_reader_that_can_t_work_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "TEXT", "")
    says = await ill(monkeypatch, "reader", token=TOKEN)
    assert says.startswith("Nothing can be read: ")
    assert says.endswith("Look at the limits of memory and processes.")


async def test_a_missing_font_is_a_hint_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept = tmp_path / "data" / "charts"
    kept.mkdir(parents=True)
    says = await well(monkeypatch, "fonts", token=TOKEN)
    assert says.startswith(("Charts show Chinese with ", "Charts are in English, for no font"))
    monkeypatch.setattr(tasks, "chinese_font", no_font)
    says = await well(monkeypatch, "fonts", token=TOKEN)
    assert f"install one (on Debian fonts-wqy-microhei) and delete {kept}" in says


async def test_a_drawer_that_can_t_work_is_no_trouble_of_the_fonts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checkup, "CHART_MEMORY_BYTES", 0)
    assert await found(monkeypatch, "fonts", token=TOKEN) == {}


def no_font(_: str) -> None:
    """As a machine without any says."""
