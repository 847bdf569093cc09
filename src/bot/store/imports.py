"""Imports, each with a journal of what it changed, so that all of it can be taken back."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    ForeignKey,
    Integer,
    Table,
    Text,
    delete,
    select,
    update,
)

from bot.models.imports import Import, Tally
from bot.store import roles, seeds
from bot.store.schema import BigId, CleanText, Utc, insert, metadata

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from bot.models.acts import Shelf
    from bot.models.imports import State

# Retention: ACTS_KEEP_DAYS. Nobody's is the command line's; `alive_at` is when it wrote last.
imports = Table(
    "imports",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("person_id", BigInteger, index=True),
    Column("name", CleanText, nullable=False),
    Column("file_id", Text),
    Column("state", Text, nullable=False),
    Column("added", Integer, nullable=False, default=0),
    Column("changed", Integer, nullable=False, default=0),
    Column("kept", Integer, nullable=False, default=0),
    Column("at", Utc, nullable=False),
    Column("alive_at", Utc, nullable=False),
)
# Retention: goes with its import. JSON: the numbers of what is new, and how the rest stood before.
import_steps = Table(
    "import_steps",
    metadata,
    Column("id", BigId, primary_key=True),
    Column(
        "import_id", BigId, ForeignKey("imports.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("shelf", Text, nullable=False),
    Column("added", Text, nullable=False),
    Column("before", CleanText, nullable=False),
)


def begin(
    conn: Connection,
    person_id: int | None,
    name: str,
    now: datetime,
    *,
    file_id: str | None = None,
    state: State = "running",
) -> Import:
    """One of this file."""
    kept = {"person_id": person_id, "name": name, "file_id": file_id, "state": state}
    fresh = insert(conn, imports).values(**kept, at=now, alive_at=now).returning(imports.c.id)
    return _import(conn.execute(select(imports).where(imports.c.id == conn.scalar(fresh))).one())


def find(conn: Connection, import_id: int) -> Import | None:
    """One that is still known."""
    row = conn.execute(select(imports).where(imports.c.id == import_id)).first()
    return _import(row) if row else None


def last(conn: Connection, person_id: int, most: int) -> list[Import]:
    """Those of a person that can be taken back, the newest first."""
    theirs = (imports.c.person_id == person_id, imports.c.state == "done")
    newest = select(imports).where(*theirs).order_by(imports.c.id.desc()).limit(most)
    return [_import(row) for row in conn.execute(newest)]


def running(conn: Connection) -> list[tuple[Import, datetime]]:
    """Those under way, with when they wrote last."""
    here = select(imports).where(imports.c.state == "running")
    return [(_import(row), row.alive_at) for row in conn.execute(here)]


def start(conn: Connection, import_id: int, now: datetime) -> None:
    """It comes in from its beginning, whatever an earlier try counted."""
    set_state(conn, import_id, "running", now)
    none = {"added": 0, "changed": 0, "kept": 0}
    conn.execute(update(imports).where(imports.c.id == import_id).values(**none))


def set_state(conn: Connection, import_id: int, state: State, now: datetime) -> None:
    """How it is with it from now on."""
    here = update(imports).where(imports.c.id == import_id)
    conn.execute(here.values(state=state, alive_at=now))


def drop(conn: Connection, import_id: int) -> None:
    """It was not wanted."""
    conn.execute(delete(imports).where(imports.c.id == import_id, imports.c.state == "looked"))


def note(
    conn: Connection, person_id: int, what: str, one: Import, update_id: int, now: datetime
) -> None:
    """A line of the audit; that of a button that is pressed twice stands there once."""
    detail = f"import-{one.id} {one.name}"
    same = (roles.audit.c.what == what, roles.audit.c.detail == detail)
    if conn.scalar(select(roles.audit.c.id).where(*same)) is None:
        roles.note(conn, person_id, what, detail, update_id, now)


def step(
    conn: Connection,
    import_id: int,
    shelf: Shelf,
    some: Sequence[seeds.Values],
    now: datetime,
) -> Tally:
    """Put some rows on their shelf, and note how it stood before."""
    table, _ = seeds.SHELVES[shelf]
    found = seeds.sort(conn, shelf, some)
    before = _as_they_stand(conn, table, found.changed)
    seeds.put(conn, shelf, found, now)
    keys = [row["key"] for row in found.added]
    added = list(conn.scalars(select(table.c.id).where(table.c.key.in_(keys))))
    tally = Tally(len(found.added), len(found.changed), found.kept)
    if added or before:
        steps = {"added": json.dumps(added), "before": json.dumps(before, ensure_ascii=False)}
        conn.execute(insert(conn, import_steps).values(import_id=import_id, shelf=shelf, **steps))
    sums = {name: imports.c[name] + getattr(tally, name) for name in ("added", "changed", "kept")}
    conn.execute(update(imports).where(imports.c.id == import_id).values(**sums, alive_at=now))
    return tally


def step_back(conn: Connection, import_id: int, now: datetime) -> int | None:
    """Take its last step back; how many entries that were edited since stay, None after the first.

    What it added goes off the shelf, and is as new to the next import.
    """
    here = select(import_steps).where(import_steps.c.import_id == import_id)
    row = conn.execute(here.order_by(import_steps.c.id.desc()).limit(1)).first()
    if row is None:
        return None
    table, _ = seeds.SHELVES[row.shelf]
    added, before = json.loads(row.added), json.loads(row.before)
    untouched = (table.c.edited_at.is_(None), table.c.removed_at.is_(None))
    due = {"placed_at": None} if "placed_at" in table.c else {}
    gone = update(table).where(table.c.id.in_(added), *untouched)
    done = conn.execute(gone.values(removed_at=now, seed_hash=None, **due)).rowcount
    for each in before:
        mine = update(table).where(table.c.id == each.pop("id"), table.c.edited_at.is_(None))
        done += conn.execute(mine.values(**_loaded(table, each))).rowcount
    conn.execute(delete(import_steps).where(import_steps.c.id == row.id))
    return len(added) + len(before) - done


def purge(conn: Connection, before: datetime) -> None:
    """What was imported before then stands."""
    conn.execute(delete(imports).where(imports.c.at < before, imports.c.state != "running"))


def _as_they_stand(
    conn: Connection, table: Table, rows: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    if not rows:
        return []
    names = ["id", *(name for name in rows[0] if name != "key"), "removed_at"]
    here = select(*(table.c[name] for name in names))
    found = conn.execute(here.where(table.c.key.in_([row["key"] for row in rows])))
    return [{name: _plain(value) for name, value in row._mapping.items()} for row in found]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _loaded(table: Table, kept: dict[str, Any]) -> dict[str, Any]:
    kinds = {Utc: datetime.fromisoformat, Date: date.fromisoformat}
    return {name: kinds[kind](value) if (kind := type(table.c[name].type)) in kinds and value
            else value for name, value in kept.items()}  # fmt: skip


def _import(row: Row[*tuple[Any, ...]]) -> Import:
    tally = Tally(row.added, row.changed, row.kept)
    return Import(row.id, row.person_id, row.name, row.file_id, row.state, tally, row.at)
