"""Consistent copies of a database, made while others write, and their way back."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from bot.errors import UserError
from bot.store.migrate import VERSION, revisions
from bot.store.sqlite import copy_file

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import URL

ALEMBIC = VERSION.name
SQLITE_MAGIC, POSTGRES_MAGIC = b"SQLite format 3\0", b"PGDMP"
# What belongs to the old file and would spoil the new one.
SIDE_FILES = ("-wal", "-shm")


def suffix(url: str) -> str:
    """What a copy's name ends in."""
    return ".db" if _path(url) else ".pgdump"


def save(url: str, target: Path) -> None:
    """Write a copy."""
    if path := _path(url):
        if not path.exists():
            raise UserError("There is no database yet: start Quipwire once.")
        copy_file(path, target)
    else:
        schema = make_url(url).query.get("search_path")
        only = [f"--schema={schema}"] if schema else []
        _run("pg_dump", url, "--format=custom", "--no-owner", *only, f"--file={target}")


def check(url: str, copy: Path) -> int:
    """How many rows a copy has (of a server's: how many things); a UserError if it is damaged."""
    with copy.open("rb") as file:
        head = file.read(16)
    if _path(url) and head == SQLITE_MAGIC:
        return _rows(copy)
    if not _path(url) and head.startswith(POSTGRES_MAGIC):
        listed = _run("pg_restore", None, "--list", str(copy))
        return sum(1 for line in listed.splitlines() if line and not line.startswith(";"))
    raise UserError("{path} is no backup of this kind of database.", path=copy.name)


def bring_back(url: str, copy: Path, aside: Path) -> None:
    """Put a checked copy in the database's place; SQLite's old file is kept `aside`."""
    if path := _path(url):
        if path.exists():
            copy_file(path, aside)
        for end in SIDE_FILES:
            path.with_name(path.name + end).unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        copy.replace(path)
    else:
        _run("pg_restore", url, "--clean", "--if-exists", "--no-owner", "--single-transaction",
             "--dbname", _plain(url), str(copy))  # fmt: skip


def _rows(copy: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)) as raw:
            (finding,) = raw.execute("PRAGMA integrity_check(1)").fetchone()
            found = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            names = {name for (name,) in found}
            version = ALEMBIC in names and raw.execute(f"SELECT * FROM {ALEMBIC}").fetchone()  # noqa: S608
            count = 0
            for name in names:
                with suppress(sqlite3.OperationalError):
                    count += raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
    except sqlite3.DatabaseError as error:
        raise UserError("The backup is damaged ({why}).", why=error) from error
    if finding != "ok":
        raise UserError("The backup is damaged ({why}).", why=finding)
    if not version:
        raise UserError("{path} is no backup of this kind of database.", path=copy.name)
    if version[0] not in revisions():
        raise UserError("A newer Quipwire made this backup. Please update the program first.")
    return count


def _path(url: str) -> Path | None:
    from bot.store.database import place_of  # noqa: PLC0415  which imports the tables

    return place_of(url)


def _plain(url: str) -> str:
    """As libpq reads it, which knows no settings of the server there; the password goes by the
    environment.
    """
    parsed = make_url(url).set(drivername="postgresql", password=None)
    tls = {name: value for name, value in parsed.query.items() if name == "sslmode"}
    return parsed.set(query=tls).render_as_string(hide_password=False)


def _run(program: str, url: str | None, *arguments: str) -> str:
    parsed: URL | None = make_url(url) if url else None
    password = str(parsed.password) if parsed and parsed.password else None
    secret = {"PGPASSWORD": password} if password else {}
    where = ["--dbname", _plain(url)] if url and program == "pg_dump" else []
    try:
        done = subprocess.run(  # noqa: S603  a list, no shell
            [program, *where, *arguments], env={**os.environ, **secret}, check=False,
            capture_output=True, text=True,
        )  # fmt: skip
    except FileNotFoundError:
        raise UserError(
            "{program} is missing: install PostgreSQL's client programs.", program=program
        ) from None
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
        raise UserError("{program} failed: {why}.", program=program, why=why.rstrip("."))
    return done.stdout
