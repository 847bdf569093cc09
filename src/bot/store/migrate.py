"""Brings a database to the present schema: all of it, or, if a step fails, nothing."""

from __future__ import annotations

import asyncio
import sqlite3
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import NullPool, column, create_engine, inspect, select, table, text
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import UserError
from bot.store.sqlite import copy_file, no_room

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.store.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
DIGITS = 4
VERSION = table("alembic_version", column("version_num"))
# Any number, but the same in all versions: of two that migrate a server, one waits.
LOCK = 7_081_924
# Alembic keeps the running migration in module globals: one at a time in a process.
ALEMBIC = Lock()
BEHIND = "The database has to be brought up to date first: quipwire migrate"


async def pending(db: Database) -> list[str]:
    """The steps that `upgrade` would take. A UserError if a newer version made the database."""
    current = await db.read(_current)
    if current is not None and current not in revisions():
        raise UserError(
            "This database was made by a newer Quipwire ({revision}). Please update the program.",
            revision=current,
        )
    return [step for step in steps() if current is None or step[:DIGITS] > current]


async def upgrade(db: Database) -> None:
    """Do what is pending. Before a file with content is changed, a copy is kept beside it."""
    if not await pending(db):
        return
    if db.path is not None and await db.read(_current) is not None:
        copy = db.path.with_name(f"{db.path.name}.before-{revisions()[-1]}")
        await asyncio.to_thread(copy_file, db.path, copy)
    await db.alter(_upgrade)


def brings_up(path: Path) -> bool:
    """Whether a file of SQLite can be brought up to date, and has all that the program uses then:
    what is on its shelves may be anything, but a table that is missing stops the bot. A UserError
    if the disk has no room for it.
    """
    from alembic.util import CommandError  # noqa: PLC0415  as below

    from bot.store.tables import metadata  # noqa: PLC0415

    engine = create_engine("sqlite://", creator=partial(_alone, path), poolclass=NullPool)
    try:
        with engine.begin() as conn:
            _upgrade(conn)
            found = inspect(conn)
            return all(
                {*table.columns.keys()} <= {each["name"] for each in found.get_columns(table.name)}
                for table in metadata.sorted_tables
            )
    except (SQLAlchemyError, CommandError) as error:
        if full := no_room(error):
            raise full from error
        return False
    finally:
        engine.dispose()


def _alone(path: Path) -> sqlite3.Connection:
    """A file that can be thrown away keeps no journal beside it: what a killed trial leaves there
    would be written into the next.
    """
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA journal_mode=MEMORY")
    return raw


def steps() -> list[str]:
    """The files of `versions`, oldest first."""
    return sorted(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def revisions() -> list[str]:
    """All revisions, oldest first: the numbers that the files begin with."""
    return [step[:DIGITS] for step in steps()]


def _current(conn: Connection) -> str | None:
    if not inspect(conn).has_table(VERSION.name):
        return None
    found: str | None = conn.scalar(select(VERSION.c.version_num))
    return found


def _upgrade(conn: Connection) -> None:
    # A start with nothing to do would pay for this import with a fifth of a second.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = conn
    with ALEMBIC:
        command.upgrade(config, "head")
