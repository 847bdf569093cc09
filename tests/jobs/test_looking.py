"""What the clock looks for every few seconds is found by an index, however full the shelves are."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.jobs import tidy
from bot.services import outbox, plans
from bot.store import migrate
from bot.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
# A handful of rows at any time.
SMALL = {"awaited", "imports", "invites"}


@contextmanager
def scanned() -> Iterator[set[str]]:
    """The tables that a statement in the block reads from end to end."""
    found: set[str] = set()

    def look(conn: Any, cursor: Any, statement: str, values: Any, *_: object) -> None:
        raw = conn.connection.driver_connection
        for *_, step in raw.execute(f"EXPLAIN QUERY PLAN {statement}", values):
            if step.startswith("SCAN ") and " USING " not in step:
                found.add(step.split()[1])

    event.listen(Engine, "before_cursor_execute", look)
    yield found
    event.remove(Engine, "before_cursor_execute", look)


async def test_only_small_tables_are_read_from_end_to_end(tmp_path: Path) -> None:
    db = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/quipwire.db")
    await migrate.upgrade(db)
    with scanned() as tables:
        await tidy.run(db, NOW)
        await plans.run(db, NOW)
        await outbox.claim_due(db, NOW)
    await db.close()
    assert tables <= SMALL
    assert tables
