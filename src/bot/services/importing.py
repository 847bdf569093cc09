"""Imports: looked at first, then all of it or nothing, and taken back as a whole."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.child import tasks
from bot.content import SHELVES, Content, page
from bot.content.models import problem
from bot.errors import UserError
from bot.models.acts import said
from bot.models.imports import Difference, Findings, Tally
from bot.reading.page import opening
from bot.render.split import clip
from bot.store import imports as rows
from bot.store import items, seeds
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from bot.child import Children
    from bot.models.acts import ItemEntry, Shelf
    from bot.models.imports import Import
    from bot.models.reports import ReportEntry
    from bot.models.said import Said
    from bot.services.shelves import Look
    from bot.store.database import Connection, Database

    Watch = Callable[[int], None]

# Some milliseconds, with their places in the search: a bot that runs meanwhile waits no longer.
ENTRIES_AT_ONCE = 50
# And it has the database to itself for as long as that took, so many times.
REST = 1.0
COMPARED_AT_ONCE = 1_000
MOST_DIFFERENCES, MOST_PROBLEMS, SHOWN_UNITS = 5, 20, 160
# One that was silent for so long has broken off.
SILENT = timedelta(minutes=2)
_GONE = mark("That import is too long ago to be taken back.")
_NOT_DONE = mark("That import changed nothing.")


async def read_documents(children: Children, look: Look) -> Content:
    """All of it, each document read as a report; one that can't be is a problem."""
    reports, problems = list(look.content.reports), list(look.content.problems)
    known = {report.key for report in reports}
    for name, data in look.documents:
        try:
            entry = await _report(children, name, data)
        except UserError as error:
            problems.append(problem(name, 1, error.said))
            continue
        if entry.key not in known:
            known.add(entry.key)
            reports.append(entry)
    return look.content.having(tuple(reports), tuple(problems))


async def compare(db: Database | None, content: Content, note: Said | None = None) -> Findings:
    """What an import would do; without a database all of it is new."""
    tally, differences = Tally(), list[Difference]()
    for shelf, some in _portions(content, COMPARED_AT_ONCE):
        if db is None:
            tally += Tally(added=len(some))
            continue
        step, found = await db.read(_compare, shelf, some, MOST_DIFFERENCES - len(differences))
        tally += step
        differences += found
    return Findings(
        tally, _counts(content), tuple(differences),
        content.problems[:MOST_PROBLEMS], len(content.problems),
        content.doubles, content.unfit, note,
    )  # fmt: skip


async def bring_in(
    db: Database,
    content: Content,
    now: datetime,
    on_entries: Watch | None = None,
    *,
    one: Import | None = None,
    name: str = "",
) -> Tally:
    """Import all of it, some entries at a time, so that a bot that runs meanwhile answers.

    Whatever stops it in the middle, what it did is taken back. Without `one` it is nobody's.
    """
    if one is None:
        one = await db.write(rows.begin, None, name, now)
    await db.write(rows.start, one.id, now)
    tally, started = Tally(), time.perf_counter()
    try:
        for shelf, some in _portions(content, ENTRIES_AT_ONCE):
            prepared = seeds.rows(shelf, some, origin="import")
            began = time.perf_counter()
            alive_at = now + timedelta(seconds=began - started)
            tally += await db.write(rows.step, one.id, shelf, prepared, alive_at)
            if on_entries is not None:
                on_entries(len(some))
            await asyncio.sleep((time.perf_counter() - began) * REST)
    except BaseException:
        await asyncio.shield(asyncio.ensure_future(break_off(db, one, now)))
        raise
    await db.write(rows.set_state, one.id, "done", now)
    return tally


async def break_off(db: Database, one: Import, now: datetime) -> None:
    """Take back what it did, so that all is as it was before."""
    await _take_back(db, one, now)
    await db.write(rows.set_state, one.id, "failed", now)


async def take_back(
    db: Database, person_id: int, import_id: int, update_id: int, now: datetime
) -> tuple[Import, int]:
    """Undo a person's own import; with how many entries stay, because they were edited since."""
    one = await db.read(rows.find, import_id)
    if one is None or one.person_id != person_id:
        raise UserError(_GONE)
    if one.state == "undone":
        return one, 0
    if one.state != "done":
        raise UserError(_NOT_DONE)
    kept = await _take_back(db, one, now)

    def work(conn: Connection) -> None:
        rows.set_state(conn, one.id, "undone", now)
        rows.note(conn, person_id, "import.undo", one, update_id, now)

    await db.write(work)
    return one, kept


async def rescue(db: Database, now: datetime) -> None:
    """What the command line left in the middle is taken back; one query if there is none.

    Those of chats go on with their update.
    """
    for one, alive_at in await db.read(rows.running):
        if one.person_id is None and alive_at < now - SILENT:
            await break_off(db, one, now)


async def _take_back(db: Database, one: Import, now: datetime) -> int:
    kept = 0
    while (some := await db.write(rows.step_back, one.id, now)) is not None:
        kept += some
        await asyncio.sleep(0)
    return kept


async def _report(children: Children, name: str, data: bytes) -> ReportEntry:
    """A document under the title that it has, or that of its file."""
    document = await children.run(tasks.open_document, data, None)
    found = opening(document.text, document.title)
    return page.report(found.title or document.title, document.text[found.start :], name)


def _portions(content: Content, most: int) -> Iterator[tuple[Shelf, Sequence[ItemEntry]]]:
    for shelf in seeds.SHELVES:
        entries: Sequence[ItemEntry] = getattr(content, shelf)
        for start in range(0, len(entries), most):
            yield shelf, entries[start : start + most]


def _compare(
    conn: Connection, shelf: Shelf, some: Sequence[ItemEntry], most: int
) -> tuple[Tally, list[Difference]]:
    found = seeds.sort(conn, shelf, seeds.rows(shelf, some, origin="import"))
    tally = Tally(len(found.added), len(found.changed), found.kept)
    if shelf == "feeds":
        return tally, []
    after = {each.key: each for each in some}
    keys = [str(row["key"]) for row in found.changed[:most]]
    before = items.with_keys(conn, shelf, keys)
    return tally, [Difference(key, _shown(before[key]), _shown(after[key])) for key in keys]


def _counts(content: Content) -> dict[str, dict[str, int]]:
    return {
        kind: dict(Counter(entry.language for entry in getattr(content, kind)).most_common())
        for kind in (*SHELVES, "feeds")
        if getattr(content, kind)
    }


def _shown(entry: ItemEntry) -> str:
    return clip(" | ".join(" ".join(part.split()) for part in said(entry)), SHOWN_UNITS)
