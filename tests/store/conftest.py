"""Databases for tests: SQLite always, PostgreSQL where BOT_TEST_POSTGRES_URL names a server."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import make_url, text

from bot.store import chats, migrate
from bot.store.database import Connection, Database
from tests.store.samples import NOW, chat, person

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

SERVER = os.environ.get("BOT_TEST_POSTGRES_URL", "")
NO_SERVER = "BOT_TEST_POSTGRES_URL is not set: not tested on PostgreSQL"
NOBODY = 65534

postgres_only = pytest.mark.skipif(not SERVER, reason=NO_SERVER)
DIALECTS = ["sqlite", pytest.param("postgresql", marks=postgres_only)]


def _run(conn: Connection, statement: str) -> None:
    conn.execute(text(statement))


@pytest.fixture
async def schema_url() -> AsyncIterator[str]:
    """A schema of its own on the PostgreSQL server, dropped afterwards."""
    name = f"quipwire_test_{uuid4().hex}"
    server = await Database.open(SERVER)
    await server.write(_run, f"CREATE SCHEMA {name}")
    url = make_url(SERVER).update_query_dict({"search_path": name})
    yield url.render_as_string(hide_password=False)
    await server.write(_run, f"DROP SCHEMA {name} CASCADE")
    await server.close()


@pytest.fixture(params=DIALECTS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database; a test that takes it runs once on each of the two."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/quipwire.db"
    name: str = request.getfixturevalue("schema_url")
    return name


@pytest.fixture
async def empty(url: str) -> AsyncIterator[Database]:
    """A database without tables."""
    database = await Database.open(url)
    yield database
    await database.close()


@pytest.fixture
async def db(empty: Database) -> Database:
    """A database with the present schema, and a few chats and people that everybody knows."""
    await migrate.upgrade(empty)
    for number in (1, 2, 3):
        await empty.write(chats.remember, chat(number), person(number), NOW)
    await empty.write(chats.remember, chat(-100, kind="group"), None, NOW)
    return empty


@pytest.fixture
def file_url(tmp_path: Path) -> str:
    """For what is SQLite's alone."""
    return f"sqlite+aiosqlite:///{tmp_path}/quipwire.db"


@pytest.fixture
def forbidden_folder() -> Iterator[Path]:
    """A folder this process may read but not change, even where tests run as root."""
    was = os.geteuid()
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o555)
        if was == 0:
            os.seteuid(NOBODY)
        yield folder
        os.seteuid(was)
        folder.chmod(0o755)
