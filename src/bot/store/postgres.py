"""PostgreSQL over asyncpg; a transaction that lost against another one is run again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

import asyncpg
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import URL, Connection
    from sqlalchemy.ext.asyncio import AsyncEngine

T = TypeVar("T")

ATTEMPTS = 5
CONNECT_SECONDS = 10
SERIALIZATION_FAILURE, DEADLOCK = "40001", "40P01"


class Postgres:
    """A pool of connections; writes at READ COMMITTED, reads on one snapshot."""

    path = None

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._snapshot = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    async def read(self, work: Callable[[Connection], T]) -> T:
        try:
            async with self._snapshot.begin() as conn:
                return await conn.run_sync(work)
        except DBAPIError as error:
            _check_range(error)
            raise

    async def write(self, work: Callable[[Connection], T]) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                async with self._engine.begin() as conn:
                    return await conn.run_sync(work)
            except DBAPIError as error:
                _check_range(error)
                if attempt == ATTEMPTS or not _lost_a_race(error):
                    raise
        raise AssertionError("the last attempt returns or raises")

    async def alter(self, work: Callable[[Connection], T]) -> T:
        return await self.write(work)

    async def close(self) -> None:
        await self._engine.dispose()


def _lost_a_race(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in {SERIALIZATION_FAILURE, DEADLOCK}


def _check_range(error: DBAPIError) -> None:
    """A number that no column holds is the same error as with SQLite."""
    refused = error.orig and error.orig.__cause__
    if refused and isinstance(refused.__cause__, OverflowError):
        raise refused.__cause__ from error


async def open_server(url: URL) -> Postgres:
    """The database of this URL; parameters after `?` are `sslmode` and PostgreSQL's settings."""
    settings = dict(url.query)
    arguments: dict[str, object] = {"timeout": CONNECT_SECONDS}
    tls = settings.pop("sslmode", None) or settings.pop("ssl", None)
    if tls:
        arguments["ssl"] = tls
    # Each schema is a database of its own; its users know each other by this name.
    name = f"quipwire {settings.get('search_path', '')}".rstrip()
    arguments["server_settings"] = {"application_name": name, **settings}
    engine = create_async_engine(
        url.set(drivername="postgresql+asyncpg", query={}),
        connect_args=arguments,
        pool_pre_ping=True,
        hide_parameters=True,
    )
    try:
        await _knock(engine)
    except UserError:
        await engine.dispose()
        raise
    return Postgres(engine)


def is_shared(conn: Connection) -> bool:
    """Whether another Quipwire is at this database."""
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND application_name = current_setting('application_name') AND pid <> pg_backend_pid()"
    )
    return bool(conn.scalar(others))


async def _knock(engine: AsyncEngine) -> None:
    try:
        async with asyncio.timeout(CONNECT_SECONDS), engine.connect():
            return
    except (OSError, SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        reason = str(cause).rpartition(">: ")[2] or "no answer"
        raise UserError(
            "The PostgreSQL server of BOT_DATABASE_URL can't be used ({host}: {reason}).",
            host=engine.url.host or "localhost",
            reason=reason.splitlines()[0],
        ) from error
