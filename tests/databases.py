"""Databases for tests: SQLite always, PostgreSQL where BOT_TEST_POSTGRES_URL names a server."""

from __future__ import annotations

import os
import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import make_url, text

from bot.store import chats, migrate
from bot.store.database import Connection, Database
from bot.store.tables import metadata
from tests.store.samples import NOW, chat, person

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

SERVER = os.environ.get("BOT_TEST_POSTGRES_URL", "")
NO_SERVER = "BOT_TEST_POSTGRES_URL is not set: not tested on PostgreSQL"

postgres_only = pytest.mark.skipif(not SERVER, reason=NO_SERVER)
DIALECTS = ["sqlite", pytest.param("postgresql", marks=postgres_only)]
FIRST_NUMBERS = """SELECT setval(oid::regclass, 1, false) FROM pg_class
WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace"""


def file_at(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder}/quipwire.db"


def _run(conn: Connection, statement: str) -> None:
    conn.execute(text(statement))


@asynccontextmanager
async def a_schema() -> AsyncIterator[str]:
    """A schema of its own on the PostgreSQL server, dropped afterwards."""
    name = f"quipwire_test_{uuid4().hex}"
    server = await Database.open(SERVER)
    await server.write(_run, f"CREATE SCHEMA {name}")
    url = make_url(SERVER).update_query_dict({"search_path": name})
    yield url.render_as_string(hide_password=False)
    await server.write(_run, f"DROP SCHEMA {name} CASCADE")
    await server.close()


@pytest.fixture
async def schema_url() -> AsyncIterator[str]:
    async with a_schema() as url:
        yield url


@pytest.fixture(params=DIALECTS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database; a test that takes it runs once on each of the two."""
    if request.param == "sqlite":
        return file_at(tmp_path)
    name: str = request.getfixturevalue("schema_url")
    return name


@pytest.fixture
async def empty(url: str) -> AsyncIterator[Database]:
    """A database without tables."""
    database = await Database.open(url)
    yield database
    await database.close()


async def _migrate(url: str) -> None:
    database = await Database.open(url)
    await migrate.upgrade(database)
    await database.close()


@pytest.fixture(scope="session")
async def migrated_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the present schema, to be copied: that is a hundred times as fast."""
    folder = tmp_path_factory.mktemp("migrated")
    await _migrate(file_at(folder))
    return folder


@pytest.fixture(scope="session")
async def migrated_schema() -> AsyncIterator[str]:
    """The present schema on PostgreSQL, for one test after the other."""
    async with a_schema() as url:
        await _migrate(url)
        yield url


@pytest.fixture(params=DIALECTS)
def db_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where `db` is."""
    if request.param == "sqlite":
        folder: Path = request.getfixturevalue("migrated_folder")
        shutil.copy(folder / "quipwire.db", tmp_path)
        return file_at(tmp_path)
    name: str = request.getfixturevalue("migrated_schema")
    return name


@pytest.fixture
async def db(db_url: str) -> AsyncIterator[Database]:
    """A database with the present schema, and a few chats and people that everybody knows."""
    database = await Database.open(db_url)
    if database.dialect == "postgresql":
        await database.write(_clear)
    await welcome(database)
    yield database
    await database.close()


async def welcome(db: Database) -> None:
    """Chats and people that everybody knows."""
    for number in (1, 2, 3):
        await db.write(chats.remember, chat(number), person(number), NOW)
    await db.write(chats.remember, chat(-100, kind="group"), None, NOW)


def _clear(conn: Connection) -> None:
    for table in reversed(metadata.sorted_tables):
        conn.execute(table.delete())
    conn.execute(text(FIRST_NUMBERS))
