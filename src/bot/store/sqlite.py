"""SQLite: whole transactions run in threads that own a connection, one of them the only writer."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from errno import EDQUOT, EFBIG, EIO, ENOSPC
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy import NullPool, create_engine

from bot.errors import UserError
from bot.store.folder import make_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Connection

T = TypeVar("T")

READERS = 2
# Transactions that wait for the writer at the same moment share one commit, and so one fsync.
MOST_PER_COMMIT = 64

BUSY_SECONDS = 5.0
# SQLite's own waits grow to a tenth of a second, in which another process, at a large import,
# leaves the file free many times.
POLL_SECONDS = 0.002
NO_ROOM = {EDQUOT, EFBIG, EIO, ENOSPC}
ON_CONNECT = ("foreign_keys=ON", "synchronous=FULL")


@dataclass(slots=True)
class Job:
    """A transaction somebody awaits."""

    work: Callable[[Connection], Any]
    answer: asyncio.Future[Any]
    result: object = None
    error: BaseException | None = None


class Lane:
    """One thread per connection; each runs whole transactions off a common queue."""

    def __init__(self, connections: Sequence[Connection], begin: str, most_per_commit: int) -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._begin = begin
        self._most = most_per_commit
        self._closed = False
        self._threads = [
            Thread(target=self._serve, args=(conn,), name=f"sqlite {begin}", daemon=True)
            for conn in connections
        ]
        for thread in self._threads:
            thread.start()

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Its result, once committed. Cancelled, the transaction ends whole or never begins."""
        if self._closed:
            raise RuntimeError("the database is closed")
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._jobs.put(Job(work, answer))
        return await answer

    def close(self) -> None:
        """Finish what is queued and end the threads."""
        self._closed = True
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def _serve(self, conn: Connection) -> None:
        with conn:
            while batch := list(self._take()):
                jobs = [job for job in batch if job is not None and not job.answer.cancelled()]
                if jobs:
                    self._run(conn, jobs)
                    _deliver(jobs)
                if None in batch:
                    return

    def _take(self) -> Iterator[Job | None]:
        job = self._jobs.get()
        yield job
        with suppress(Empty):
            for _ in range(self._most - 1):
                if job is None:
                    return
                job = self._jobs.get_nowait()
                yield job

    def _run(self, conn: Connection, jobs: Sequence[Job]) -> None:
        """All in one transaction; if that fails, each in its own, so that one harms no other."""
        try:
            self._transact(conn, jobs)
        except sqlite3.Error as error:  # from BEGIN; the jobs' own are wrapped by SQLAlchemy
            for job in jobs:
                job.error = error
        except BaseException as error:  # noqa: BLE001  it belongs to whoever awaits the job
            if len(jobs) == 1:
                jobs[0].error = error
                return
            for job in jobs:
                self._run(conn, [job])

    def _transact(self, conn: Connection, jobs: Sequence[Job]) -> None:
        with conn.begin():
            _insist(_raw(conn), self._begin)
            for job in jobs:
                job.result = job.work(conn)


def _connect(path: Path) -> sqlite3.Connection:
    """In autocommit mode: every BEGIN is ours. One thread at a time uses it, but not always one."""
    return sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )


def _raw(conn: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", conn.connection.driver_connection)


def _deliver(jobs: Sequence[Job]) -> None:
    """Hand results to the event loop, which may be gone by now."""
    with suppress(RuntimeError):
        jobs[0].answer.get_loop().call_soon_threadsafe(_settle, jobs)


def _settle(jobs: Sequence[Job]) -> None:
    for job in jobs:
        if job.answer.done():
            continue
        if job.error is None:
            job.answer.set_result(job.result)
        else:
            job.answer.set_exception(job.error)


class Sqlite:
    """A database file, its writer and its readers."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = create_engine(
            "sqlite://", creator=self._connect, poolclass=NullPool, hide_parameters=True
        )
        writer = self._engine.connect()
        _raw(writer).execute("PRAGMA busy_timeout=0")
        readers = [self._engine.connect() for _ in range(READERS)]
        for conn in readers:
            _raw(conn).execute("PRAGMA query_only=ON")
        self._write = Lane([writer], "BEGIN IMMEDIATE", MOST_PER_COMMIT)
        self._read = Lane(readers, "BEGIN", 1)

    async def read(self, work: Callable[[Connection], T]) -> T:
        return await self._read.run(work)

    async def write(self, work: Callable[[Connection], T]) -> T:
        return await self._write.run(work)

    async def alter(self, work: Callable[[Connection], T]) -> T:
        return await asyncio.to_thread(self._alter, work)

    async def close(self) -> None:
        await asyncio.to_thread(self._close)

    def _connect(self) -> sqlite3.Connection:
        raw = _connect(self.path)
        for pragma in ON_CONNECT:
            raw.execute(f"PRAGMA {pragma}")
        return raw

    def _alter(self, work: Callable[[Connection], T]) -> T:
        with self._engine.connect() as conn:
            raw = _raw(conn)
            raw.execute("PRAGMA foreign_keys=OFF")
            with conn.begin():
                raw.execute("BEGIN IMMEDIATE")
                result = work(conn)
                broken = raw.execute("PRAGMA foreign_key_check").fetchone()
                if broken is not None:
                    raise RuntimeError(f"a row of {broken[0]} refers to a missing {broken[2]}")
            return result

    def _close(self) -> None:
        self._write.close()
        self._read.close()
        self._engine.dispose()


async def open_file(path: Path) -> Sqlite:
    """The database in this file, made if missing, looked over if not."""
    return await asyncio.to_thread(_open, path)


def _open(path: Path) -> Sqlite:
    try:
        make_private(path.parent)
        _look_over(path)
        return Sqlite(path)
    except sqlite3.DatabaseError as error:
        raise _explain(path, error) from error
    except OSError as error:
        raise UserError(
            "The folder {folder} can't be made or used ({reason}). "
            "Set BOT_DATA_DIR to a folder where Quipwire may write.",
            folder=path.parent,
            reason=error.strerror,
        ) from error


def _look_over(path: Path) -> None:
    with closing(_connect(path)) as raw:
        for (finding,) in raw.execute("PRAGMA quick_check(1)"):
            if finding != "ok":
                raise sqlite3.DatabaseError(finding)
        if raw.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            # SQLite's own waiting does not cover this step.
            _insist(raw, "PRAGMA journal_mode=WAL")
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("ROLLBACK")


def _insist(raw: sqlite3.Connection, statement: str) -> None:
    """Again and again while another process is at it, as long as anybody would wait."""
    deadline = monotonic() + BUSY_SECONDS
    while True:
        try:
            raw.execute(statement)
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or monotonic() > deadline:
                raise
            sleep(POLL_SECONDS)
        else:
            return


def _explain(path: Path, error: sqlite3.DatabaseError) -> UserError:
    match error.sqlite_errorname if hasattr(error, "sqlite_errorname") else "":
        case name if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
            message = (
                "The database {path} can't be written. Give this user write access to the file "
                "and its folder, or set BOT_DATA_DIR to another folder."
            )
        case name if name.startswith("SQLITE_BUSY"):
            message = "Another program holds the database {path}. Stop it and start again."
        case name if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
            message = "The disk under {path} is full or failing ({reason})."
        case "SQLITE_NOTADB":
            message = "{path} is no SQLite database. Move it away, or put a backup in its place."
        case _:
            message = (
                "The database {path} is damaged ({reason}). Put a backup in its place, "
                "or move it away to start with an empty one."
            )
    return UserError(message, path=path, reason=error)


def no_room(error: Exception) -> UserError | None:
    """What to do about a disk on which a transaction or a file found no room; None for any other
    error.
    """
    broken = getattr(error, "orig", error)
    if isinstance(broken, OSError):
        is_full, reason = broken.errno in NO_ROOM, broken.strerror
    else:
        name = getattr(broken, "sqlite_errorname", "")
        is_full, reason = name.startswith(("SQLITE_FULL", "SQLITE_IOERR")), str(broken)
    if not is_full:
        return None
    return UserError(
        "The disk is full or failing ({reason}). Make room there and try again.", reason=reason
    )


def copy_file(path: Path, target: Path) -> None:
    """A consistent copy, made while others write; whole or not there at all."""
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            part.unlink()
        raise UserError("{path} can't be written: {why}.", path=target, why=error) from error
