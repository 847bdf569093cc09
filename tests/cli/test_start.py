"""Starting, stopping and refusing to start, as a host sees it from a terminal."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sqlite3
import sys
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING

import pytest

from bot.playground import Playground
from bot.playground.waiting import PATIENCE
from bot.store.lock import lock_data

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator
    from pathlib import Path

TOKEN = "123456:a-token-nobody-else-has"


@asynccontextmanager
async def quipwire(folder: Path, *arguments: str, **settings: str) -> AsyncIterator[Process]:
    """The program in an empty folder, with these settings only."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments,
        cwd=folder, env={**clean, **settings},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ended(folder: Path, *arguments: str, **settings: str) -> tuple[int, str]:
    """Exit code and what stood on stderr."""
    async with quipwire(folder, *arguments, **settings) as process:
        _, errors = await asyncio.wait_for(process.communicate(), PATIENCE)
        assert process.returncode is not None
        return process.returncode, errors.decode()


def one_sentence(text: str) -> bool:
    return text.count("\n") == 1 and "Traceback" not in text


async def test_run_without_a_token_says_how_to_get_one(tmp_path: Path) -> None:
    code, errors = await ended(tmp_path, "run")
    assert code == 2
    assert "@BotFather" in errors
    assert one_sentence(errors)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "secret-without-a-colon"),
        ("BOT_ADMINS", "12,somebody"),
        ("BOT_TIMEZONE", "Mars/Olympus"),
        ("BOT_TOKNE", "1:secret"),
    ],
)
async def test_a_bad_setting_is_named_and_its_value_is_not(
    tmp_path: Path, name: str, value: str
) -> None:
    code, errors = await ended(tmp_path, "run", **{name: value})
    assert code == 2
    assert name in errors
    assert value not in errors
    assert one_sentence(errors)


async def test_a_refused_token_is_said_and_never_shown(tmp_path: Path) -> None:
    async with Playground() as telegram:
        settings = {"BOT_TOKEN": TOKEN, "BOT_API_URL": telegram.url}
        code, errors = await ended(tmp_path, "run", **settings)
    assert code == 2
    assert "refused BOT_TOKEN" in errors
    assert TOKEN.split(":")[1] not in errors


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"BOT_WEBHOOK_SECRET": "hush"}, "BOT_LISTEN"),
        ({"BOT_LISTEN": "127.0.0.1:8080"}, "BOT_WEBHOOK_SECRET"),
    ],
)
async def test_a_webhook_needs_somebody_who_listens_and_a_secret(
    tmp_path: Path, given: dict[str, str], missing: str
) -> None:
    hook = {"BOT_TOKEN": TOKEN, "BOT_WEBHOOK_URL": "https://bot.example/hook"}
    code, errors = await ended(tmp_path, "run", **hook, **given)
    assert code == 2
    assert f"BOT_WEBHOOK_URL needs {missing}" in errors
    assert one_sentence(errors)


async def test_a_network_that_is_down_is_waited_for_and_sigterm_ends_it_with_0(
    tmp_path: Path,
) -> None:
    with closing(socket.socket()) as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        async with quipwire(tmp_path, "run", BOT_TOKEN=TOKEN, BOT_API_URL=url) as process:
            assert process.stderr is not None
            line = await asyncio.wait_for(process.stderr.readline(), PATIENCE)
            assert b"can't be reached; trying again" in line
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), PATIENCE) == 0


async def test_sigterm_ends_a_serving_bot_with_0(tmp_path: Path) -> None:
    async with Playground() as telegram:
        settings = {"BOT_TOKEN": telegram.token, "BOT_API_URL": telegram.url}
        ann = telegram.person("Ann")
        await ann.send("/joke")
        async with quipwire(tmp_path, "run", **settings) as process:
            await ann.reply()
            process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
            assert process.stderr is not None
            assert telegram.token.split(":")[1] not in (await process.stderr.read()).decode()


async def test_the_playground_prints_one_line_with_its_address(tmp_path: Path) -> None:
    async with quipwire(tmp_path, "play", "--port", "0") as process:
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
        assert line.startswith(b"Open http://127.0.0.1:")
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    assert (tmp_path / "data" / "playground" / "quipwire.db").exists()


async def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, errors = await ended(tmp_path, "play", "--port", str(port))
    assert code == 1
    assert f"Port {port} is taken" in errors
    assert one_sentence(errors)


async def test_a_second_bot_on_the_same_data_refuses_to_start(tmp_path: Path) -> None:
    with lock_data(tmp_path / "data"):
        code, errors = await ended(tmp_path, "run", BOT_TOKEN=TOKEN)
    assert code == 1
    assert "already running" in errors
    assert one_sentence(errors)


async def test_a_data_folder_that_cannot_be_one_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    code, errors = await ended(tmp_path, "run", BOT_TOKEN=TOKEN, BOT_DATA_DIR="file/data")
    assert code == 1
    assert "BOT_DATA_DIR" in errors
    assert one_sentence(errors)


async def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with closing(sqlite3.connect(tmp_path / "data" / "quipwire.db")) as db:
        db.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        db.execute("INSERT INTO alembic_version VALUES ('9999')")
        db.commit()
    code, errors = await ended(tmp_path, "run", BOT_TOKEN=TOKEN)
    assert code == 1
    assert "newer Quipwire" in errors
    assert one_sentence(errors)
