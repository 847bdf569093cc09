"""A function goes in, runs as one transaction, its result comes out: whole or not at all."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.errors import UsageError, UserError
from bot.store import chats, inbox, migrate
from bot.store.database import Connection, Database
from bot.store.postgres import ATTEMPTS
from tests.store.conftest import postgres_only
from tests.store.samples import NOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BOT = 7


def note(conn: Connection, update_id: int) -> list[int]:
    return inbox.add(conn, BOT, [(update_id, None, "{}")], NOW)


def noted(conn: Connection) -> list[int]:
    return [update_id for update_id, _ in inbox.pending(conn, BOT)]


def note_and_fail(conn: Connection, update_id: int) -> NoReturn:
    note(conn, update_id)
    raise UserError("No.")


async def test_a_write_is_committed_when_it_returns(db: Database) -> None:
    assert await db.write(note, 1) == [1]
    assert await db.read(noted) == [1]


async def test_a_write_that_raises_leaves_nothing_and_the_caller_sees_its_error(
    db: Database,
) -> None:
    with pytest.raises(UserError, match=r"No\."):
        await db.write(note_and_fail, 1)
    assert await db.read(noted) == []


async def test_of_many_writes_at_once_only_those_that_fail_are_undone(db: Database) -> None:
    def work(number: int) -> Callable[[Connection], list[int]]:
        fails = number % 10 == 0
        return lambda conn: note_and_fail(conn, number) if fails else note(conn, number)

    results = await asyncio.gather(
        *(db.write(work(number)) for number in range(100)), return_exceptions=True
    )
    assert [isinstance(result, UserError) for result in results] == [
        number % 10 == 0 for number in range(100)
    ]
    assert await db.read(noted) == [number for number in range(100) if number % 10]


async def test_an_error_of_the_database_harms_only_its_own_write(db: Database) -> None:
    def break_rule(conn: Connection) -> None:
        conn.execute(text("INSERT INTO readings VALUES (404, 'x', 'no such report')"))

    results = await asyncio.gather(
        db.write(note, 1), db.write(break_rule), db.write(note, 2), return_exceptions=True
    )
    assert isinstance(results[1], DBAPIError)
    assert await db.read(noted) == [1, 2]


async def test_a_read_cannot_write(db: Database) -> None:
    with pytest.raises(DBAPIError):
        await db.read(note, 1)
    assert await db.write(note, 1) == [1]


async def test_a_read_sees_one_state_of_the_data_throughout(file_url: str) -> None:
    db = await Database.open(file_url)
    await migrate.upgrade(db)
    between, written = threading.Event(), threading.Event()

    def twice(conn: Connection) -> tuple[list[int], list[int]]:
        before = noted(conn)
        between.set()
        written.wait(10)
        return before, noted(conn)

    reading = asyncio.create_task(db.read(twice))
    await asyncio.to_thread(between.wait, 10)
    await db.write(note, 1)
    written.set()
    assert await reading == ([], [])
    await db.close()


async def test_a_cancelled_write_on_sqlite_still_ends_whole(file_url: str) -> None:
    db = await Database.open(file_url)
    await migrate.upgrade(db)
    begun, go_on = threading.Event(), threading.Event()

    def two_steps(conn: Connection) -> None:
        note(conn, 1)
        begun.set()
        go_on.wait(10)
        note(conn, 2)

    task = asyncio.create_task(db.write(two_steps))
    await asyncio.to_thread(begun.wait, 10)
    never = asyncio.create_task(db.write(note, 3))
    await asyncio.sleep(0)
    task.cancel()
    never.cancel()
    await asyncio.wait([task, never])
    go_on.set()
    assert await db.write(note, 4) == [4]
    assert await db.read(noted) == [1, 2, 4]
    await db.close()


@postgres_only
async def test_a_cancelled_write_on_postgresql_leaves_nothing(schema_url: str) -> None:
    db, other = await Database.open(schema_url), await Database.open(schema_url)
    await migrate.upgrade(db)
    held, begun, free = asyncio.Event(), asyncio.Event(), asyncio.Event()

    def wait_for_lock(conn: Connection) -> None:
        note(conn, 1)
        begun.set()
        conn.execute(text("LOCK TABLE people IN EXCLUSIVE MODE"))
        note(conn, 2)

    def hold_lock(conn: Connection) -> None:
        conn.execute(text("LOCK TABLE people IN EXCLUSIVE MODE"))
        held.set()
        _await(free.wait())

    holder = asyncio.create_task(other.write(hold_lock))
    await held.wait()
    task = asyncio.create_task(db.write(wait_for_lock))
    await begun.wait()
    task.cancel()
    await asyncio.wait([task])
    free.set()
    await holder
    assert task.cancelled()
    assert await db.read(noted) == []
    await db.close()
    await other.close()


def _await(something: Any) -> None:
    """Inside `run_sync`: let the loop go on meanwhile."""
    from sqlalchemy.util import await_only

    await_only(something)


@postgres_only
async def test_a_write_that_lost_a_race_is_run_again_but_not_for_ever(schema_url: str) -> None:
    db = await Database.open(schema_url)
    await migrate.upgrade(db)
    tries: list[int] = []

    def lose(conn: Connection, times: int) -> None:
        tries.append(len(tries))
        note(conn, len(tries))
        if len(tries) <= times:
            conn.execute(text("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$"))

    await db.write(lose, 2)
    assert await db.read(noted) == [3]
    tries.clear()
    with pytest.raises(DBAPIError):
        await db.write(lose, 1000)
    assert len(tries) == ATTEMPTS
    assert await db.read(noted) == [3]
    await db.close()


async def test_closing_waits_for_what_is_queued(url: str) -> None:
    db = await Database.open(url)
    await migrate.upgrade(db)
    writes = [asyncio.create_task(db.write(note, number)) for number in range(20)]
    await asyncio.gather(*writes)
    await db.close()
    again = await Database.open(url)
    assert await again.read(noted) == list(range(20))
    await again.close()


async def test_a_closed_file_says_so(file_url: str) -> None:
    db = await Database.open(file_url)
    await db.close()
    with pytest.raises(RuntimeError, match="closed"):
        await db.read(noted)


IN_THE_MIDDLE = """
import asyncio, sys
from bot.store import inbox
from bot.store.database import Database
from tests.store.samples import NOW

def work(conn):
    inbox.add(conn, 7, [(number, None, "{}") for number in range(500)], NOW)
    print("ready", flush=True)
    sys.stdin.read()

async def main():
    db = await Database.open(sys.argv[1])
    await db.write(work)

asyncio.run(main())
"""


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    """Another process, which has said that it is ready."""
    command = [sys.executable, "-c", program, *arguments]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


async def run_at_once(*children: subprocess.Popen[str]) -> list[str]:
    """Let all go, wait for all: what they printed."""
    runs = (asyncio.to_thread(child.communicate, "go\n") for child in children)
    outputs = await asyncio.gather(*runs)
    assert [child.returncode for child in children] == [0] * len(children)
    return [output for output, _ in outputs]


async def test_a_process_killed_in_mid_transaction_leaves_nothing(db: Database, url: str) -> None:
    await db.write(note, 1000)
    child = await asyncio.to_thread(start, IN_THE_MIDDLE, url)
    child.send_signal(signal.SIGKILL)
    await asyncio.to_thread(child.communicate)
    assert await db.read(noted) == [1000]
    assert await db.write(note, 1) == [1]


RACER = """
import asyncio, sys
from bot.store import migrate, tellings
from bot.store.database import Database
from tests.store.samples import NOW, later

async def main():
    url, first = sys.argv[1], int(sys.argv[2])
    db = await Database.open(url)
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(first, first + 30):
        telling = await db.write(
            tellings.tell, 1, "en", word=None, update_id=number, now=later(number)
        )
        print(telling.joke.id, flush=True)
    await db.close()

asyncio.run(main())
"""


async def test_two_processes_at_once_never_tell_a_chat_the_same_joke(
    db: Database, url: str
) -> None:
    from bot.store import seeds
    from tests.store.samples import joke

    entries = [joke(f"j{number}") for number in range(60)]
    await db.write(seeds.apply, "jokes", entries, NOW, origin="seed", prune=True)
    first = await asyncio.to_thread(start, RACER, url, "1000")
    second = await asyncio.to_thread(start, RACER, url, "2000")
    told = " ".join(await run_at_once(first, second)).split()
    assert len(told) == 60
    assert len(set(told)) == 60


OPENER = """
import asyncio, sys
from bot.store import migrate
from bot.store.database import Database

async def main():
    print("ready", flush=True)
    sys.stdin.readline()
    db = await Database.open(sys.argv[1])
    await migrate.upgrade(db)
    await db.close()

asyncio.run(main())
"""


async def test_two_processes_may_make_a_new_database_at_once(url: str) -> None:
    openers = [await asyncio.to_thread(start, OPENER, url) for _ in range(3)]
    await run_at_once(*openers)


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


async def test_writes_that_another_program_keeps_waiting_fail_together_and_harm_nothing(
    file_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.sqlite.BUSY_SECONDS", 0.01)
    db = await Database.open(file_url)
    await migrate.upgrade(db)
    holder = sqlite3.connect(tmp_path / "quipwire.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    writes = (db.write(note, number) for number in range(5))
    results = await asyncio.gather(*writes, return_exceptions=True)
    assert {type(result) for result in results} == {sqlite3.OperationalError}
    holder.close()
    assert await db.write(note, 9) == [9]
    assert await db.read(noted) == [9]
    await db.close()


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
    missing = schema_url.replace("/test?", "/no_such_database?")
    for url in (missing, schema_url + "&no_such_setting=1", schema_url + "&sslmode=maybe"):
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
