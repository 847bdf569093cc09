"""Consistent copies of a database, made while others write, and their way back."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from sqlalchemy import make_url, text

from bot.errors import UserError
from bot.store.migrate import VERSION, brings_up, revisions
from bot.store.sqlite import copy_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sqlalchemy import URL, Connection

ALEMBIC = VERSION.name
SQLITE_MAGIC, POSTGRES_MAGIC = b"SQLite format 3\0", b"PGDMP"
# What a copy of a server and its way back take.
PROGRAMS = ("pg_dump", "pg_restore", "psql")
# A server's copy in its own language, while it is read.
SCRIPT = ".sql"
# What belongs to the old file and would spoil the new one.
SIDE_FILES = ("-wal", "-shm")
_MAJOR = re.compile(r"\) (\d+)")
FOREIGN = "This file is no backup of this kind of database."
DAMAGED = "The backup is damaged; please take another one."


def suffix(url: str) -> str:
    """What a copy's name ends in."""
    return ".db" if _path(url) else ".pgdump"


def client_version() -> int:
    """Of PostgreSQL's client programs, the oldest of them; a UserError if one is missing."""
    said = [_run(program, None, "--version") for program in PROGRAMS]
    return min(int(_MAJOR.findall(each)[0]) for each in said)


def server_version(conn: Connection) -> int:
    """Of the server, which no older client program copies."""
    return int(conn.scalar(text("SHOW server_version_num")) or 0) // 10_000


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
    """How many rows a copy has; a UserError if it is damaged, or made by a newer program."""
    with copy.open("rb") as file:
        head = file.read(16)
    if _path(url) and head == SQLITE_MAGIC:
        return _rows(copy)
    if not _path(url) and head.startswith(POSTGRES_MAGIC):
        return _dumped_rows(copy)
    raise UserError(FOREIGN)


def place_for_trial(url: str, source: Path) -> Path:
    """Where a copy is tried out, from where it can take the place of SQLite's file."""
    return (_path(url) or source).with_name(f"{source.name}.trial")


def bring_back(url: str, copy: Path, aside: Path) -> None:
    """Put a checked copy, which stands at its `place_for_trial`, in the database's place; what was
    there is kept `aside`.
    """
    if path := _path(url):
        if not brings_up(copy):
            raise UserError(FOREIGN)
        if path.exists():
            copy_file(path, aside)
        for end in SIDE_FILES:
            path.with_name(path.name + end).unlink(missing_ok=True)
        copy.replace(path)
    else:
        save(url, aside)
        script = copy.with_name(copy.name + SCRIPT)
        try:
            _run("pg_restore", None, "--clean", "--if-exists", "--no-owner", f"--file={script}",
                 str(copy))  # fmt: skip
            _run("psql", url, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1",
                 "--single-transaction", f"--command={_away(url)}", f"--file={script}")  # fmt: skip
        finally:
            script.unlink(missing_ok=True)


def _away(url: str) -> str:
    """An older copy knows nothing of newer tables, which would be in the way of its update."""
    from bot.store.tables import metadata  # noqa: PLC0415  as below

    schema = make_url(url).query.get("search_path")
    place = f'"{schema}".' if schema else ""
    names = ", ".join(f'{place}"{name}"' for name in (*metadata.tables, ALEMBIC))
    return f"DROP TABLE IF EXISTS {names} CASCADE"


def _dumped_rows(copy: Path) -> int:
    """All of a server's copy is read for it, as a restore would."""
    command = ["pg_restore", "--data-only", "--file=-", str(copy)]
    with (
        _missing("pg_restore"),
        subprocess.Popen(  # noqa: S603  a list, no shell
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as reading,
    ):
        count, version = _counted(reading.stdout or ())
        said = reading.stderr.read() if reading.stderr else b""
    if reading.returncode:
        why = _last_words("pg_restore", said.decode(errors="replace"))
        raise UserError("The backup is damaged ({why}).", why=why)
    _check_version(version)
    return count


def _counted(script: Iterable[bytes]) -> tuple[int, str | None]:
    """How many rows stand in a script of COPY commands, and the revision among them."""
    count, version, table = 0, None, ""
    for line in script:
        if table and line != b"\\.\n":
            count += 1
            version = line.decode().strip() if table.endswith(ALEMBIC) else version
        elif table:
            table = ""
        elif line.startswith(b"COPY "):
            table = line.split()[1].decode()
    return count, version


def _check_version(version: str | None) -> None:
    if not version:
        raise UserError(FOREIGN)
    if version not in revisions():
        raise UserError("A newer Quipwire made this backup. Please update the program first.")


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
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise UserError(DAMAGED) from error
    if finding != "ok":
        raise UserError(DAMAGED)
    _check_version(version[0] if version else None)
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
    where = ["--dbname", _plain(url)] if url else []
    with _missing(program):
        done = subprocess.run(  # noqa: S603  a list, no shell
            [program, *where, *arguments], env={**os.environ, **secret}, check=False,
            capture_output=True, text=True,
        )  # fmt: skip
    if done.returncode:
        why = _last_words(program, done.stderr)
        raise UserError("{program} failed: {why}.", program=program, why=why)
    return done.stdout


@contextmanager
def _missing(program: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise UserError(
            "{program} is missing: install PostgreSQL's client programs.", program=program
        ) from None


def _last_words(program: str, said: str) -> str:
    line = (said.strip().splitlines() or ["it says nothing"])[-1]
    return line.removeprefix(f"{program}: ").removeprefix("error: ").rstrip(".")
