"""One door to the data: a store function goes in, runs as one transaction, its result comes out."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import UsageError
from bot.store import tables  # noqa: F401  who can open a database knows all its tables
from bot.store.sqlite import Sqlite, open_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import URL

    from bot.store.postgres import Postgres

__all__ = ["Connection", "Database"]

P = ParamSpec("P")
T = TypeVar("T")

SQLITE = {"sqlite", "sqlite+aiosqlite", "sqlite+pysqlite"}
POSTGRES = {"postgres", "postgresql", "postgresql+asyncpg"}


class Database:
    """SQLite or PostgreSQL. `path` is SQLite's file, None on a server.

    A function may run more than once before it counts (PostgreSQL aborts one of two that
    collide), so it changes nothing but the database, and takes no iterators that run dry.
    """

    def __init__(self, engine: Sqlite | Postgres, dialect: str) -> None:
        self._engine = engine
        self.dialect = dialect
        self.path: Path | None = engine.path

    @classmethod
    async def open(cls, url: str) -> Database:
        """Connect, and look an existing SQLite file over; a UserError says what is wrong."""
        place = _parse(url)
        if isinstance(place, Path):
            return cls(await open_file(place), "sqlite")
        from bot.store.postgres import open_server  # noqa: PLC0415  costs start-up 60 ms

        return cls(await open_server(place), "postgresql")

    async def read(
        self,
        work: Callable[Concatenate[Connection, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """What `work` returns; it sees one state of the data and may not write."""
        return await self._engine.read(lambda conn: work(conn, *args, **kwargs))

    async def write(
        self,
        work: Callable[Concatenate[Connection, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """One transaction: committed when `work` returns, rolled back when it raises."""
        return await self._engine.write(lambda conn: work(conn, *args, **kwargs))

    async def alter(self, work: Callable[[Connection], T]) -> T:
        """A write that may rebuild tables: SQLite checks foreign keys once, at its end."""
        return await self._engine.alter(work)

    async def close(self) -> None:
        """Finish what is queued, then let go."""
        await self._engine.close()


def place_of(url: str) -> Path | None:
    """SQLite's file; None for a server."""
    place = _parse(url)
    return place if isinstance(place, Path) else None


def _parse(url: str) -> Path | URL:
    """SQLite's path stands there as it is, without escapes, as the default setting writes it."""
    scheme, found, path = url.partition(":///")
    if scheme in SQLITE and found and path not in {"", ":memory:"}:
        return Path(path)
    with suppress(ArgumentError, ValueError):
        parsed = make_url(url)
        if parsed.drivername in POSTGRES:
            return parsed
    raise UsageError(
        "BOT_DATABASE_URL should look like sqlite+aiosqlite:///data/quipwire.db "
        "or postgresql+asyncpg://user:password@host/database."
    )
