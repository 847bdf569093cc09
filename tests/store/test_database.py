"""A function goes in, runs as one transaction, its result comes out: whole or not at all."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.errors import UserError
from bot.store import migrate
from bot.store.chats import people
from bot.store.database import Connection, Database
from bot.store.postgres import ATTEMPTS
from tests.databases import postgres_only
from tests.store.samples import note, noted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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


async def test_a_number_that_no_column_holds_is_the_same_error_with_either_database(
    db: Database,
) -> None:
    def look(conn: Connection) -> None:
        conn.execute(people.select().where(people.c.id == 10**20))

    for run in (db.read, db.write):
        with pytest.raises(OverflowError):
            await run(look)


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
