"""Files that admins send to be imported: looked at and brought in by a process apart."""

from __future__ import annotations

import asyncio
import json
import os
import re
import tempfile
from contextlib import aclosing
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from bot.config import IMPORT_SECONDS
from bot.errors import UserError
from bot.models.imports import Difference, Findings, Problem, Tally
from bot.models.said import Said
from bot.services import apart, importing
from bot.store import imports as rows
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.config import Settings
    from bot.models.imports import Import
    from bot.store.database import Connection, Database

    # Hears how many of how many are in.
    Heard = Callable[[int, int], None]
    # Brings the file once more.
    Fetch = Callable[[], Awaitable[bytes]]

MOST_NAME_CHARS = 60
MOST_LISTED = 3
_UNFIT = re.compile(r"[^\w. -]+")
_GONE = mark("That import is closed. Send the file once more.")
_WHICH_SHELF = mark(
    "I can't tell where {name} belongs: answer it with /import reports or /import jokes."
)
_TOO_LONG = mark("That takes too long to read; please send it in smaller files.")
OPTION = "--shelf"
# When something is wrong the program ends so, and has told it all the same.
ENDS = (0, 1, 2)


async def look(settings: Settings, name: str, data: bytes, shelf: str | None) -> Findings:
    """What is in a file, and what an import would change; a UserError if it is nothing."""
    try:
        async with asyncio.timeout(IMPORT_SECONDS):
            found = await _said(settings, name, data, shelf, "--dry-run")
    except TimeoutError:
        raise UserError(_TOO_LONG) from None
    except UserError as error:
        raise UserError(_WHICH_SHELF, name=name) if OPTION in str(error) else error from None
    if not found:
        raise UserError(apart.BROKE_OFF)
    return _findings(found[0])


async def keep(
    db: Database, person_id: int, name: str, file_id: str, shelf: str | None, now: datetime
) -> Import:
    """Remember the file until its admin says go."""
    called = f"{shelf}/{safe(name)}" if shelf else safe(name)
    return await db.write(rows.begin, person_id, called, now, file_id=file_id, state="looked")


async def find(db: Database, person_id: int, import_id: int) -> Import:
    """One's own; a UserError if it is known no more."""
    one = await db.read(rows.find, import_id)
    if one is None or one.person_id != person_id or one.state == "undone":
        raise UserError(_GONE)
    return one


async def last(db: Database, person_id: int) -> list[Import]:
    """Those of a person that can be taken back, the newest first."""
    return await db.read(rows.last, person_id, MOST_LISTED)


async def go(
    db: Database,
    settings: Settings,
    one: Import,
    fetch: Fetch,
    update_id: int,
    now: datetime,
    heard: Heard,
) -> Import:
    """Bring it in, all or nothing; said twice it is done once.

    A bot that was killed in the middle may have left some of it, which is taken back first.
    """
    if one.state == "running":
        await importing.break_off(db, one, now)
    if one.state != "done":
        await _bring_in(db, settings, one, await fetch(), now, heard)

    def work(conn: Connection) -> Import:
        done = rows.find(conn, one.id)
        if done is None or done.person_id is None or done.state != "done":
            raise UserError(apart.BROKE_OFF)
        rows.note(conn, done.person_id, "import", done, update_id, now)
        return done

    return await db.write(work)


async def drop(db: Database, one: Import) -> None:
    """Its admin does not want it."""
    await db.write(rows.drop, one.id)


def safe(name: str) -> str:
    """A file's name, fit to be one again, and no option of a program."""
    path = PurePath(_UNFIT.sub("-", PurePath(name).name).strip(". -") or "file")
    return f"{path.stem[:MOST_NAME_CHARS]}{path.suffix[:MOST_NAME_CHARS]}"


async def _bring_in(
    db: Database, settings: Settings, one: Import, data: bytes, now: datetime, heard: Heard
) -> None:
    """A program that is killed takes nothing back itself; one whose bot is killed dies with it."""
    shelf, _, name = one.name.rpartition("/")
    ours = ("--number", str(one.id), "--parent", str(os.getpid()))
    try:
        await _said(settings, name, data, shelf or None, *ours, heard=heard)
    except UserError:
        await importing.break_off(db, one, now)
        raise


async def _said(
    settings: Settings,
    name: str,
    data: bytes,
    shelf: str | None,
    *more: str,
    heard: Heard | None = None,
) -> list[dict[str, Any]]:
    """All that the program says of a file but its progress, which is for `heard`."""
    wanted = (OPTION, shelf) if shelf else ()
    said = []
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / safe(name)
        path.write_bytes(data)
        program = apart.lines(
            settings, "import", path.name, "--json", *wanted, *more, folder=path.parent,
            fine=ENDS,
        )  # fmt: skip
        async with aclosing(program) as spoken:
            async for line in spoken:
                told = json.loads(line)
                if "error" in told:
                    why = told["message"]
                    raise UserError(why, **told["values"])
                if "done" in told and heard is not None:
                    heard(told["done"], told["total"])
                elif "done" not in told:
                    said.append(told)
    return said


def _findings(told: dict[str, Any]) -> Findings:
    """What was said comes from its details, so that it can be said in any language."""
    details = told.pop("details")
    note = details["note"]
    return Findings(**{
        **told,
        "tally": Tally(**told["tally"]),
        "differences": tuple(Difference(**each) for each in told["differences"]),
        "problems": tuple(_problem(**each) for each in details["problems"]),
        "note": Said(**note) if note else None,
    })  # fmt: skip


def _problem(file: str, line: int, said: dict[str, Any]) -> Problem:
    return Problem(file, line, Said(**said))
