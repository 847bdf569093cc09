"""What admins change on the shelves by hand, and how they take it back."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.models.acts import NOUNS
from bot.store import acts as rows
from bot.store import items, reports, roles
from bot.texts import mark

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models.acts import Change, Item, ItemEntry, Kind, Shelf
    from bot.models.reading import Reading
    from bot.store.database import Connection, Database

ACTS_SHOWN = 10
_NAME = re.compile(r"(joke|headline|report|feed)[- ]?([0-9]{1,15})")
_WHICH = mark("Which one? Like this: /{command} joke-12. There are buttons under items, too.")
_TOO_OLD = mark("That can't be taken back any more.")
_CHANGED = mark("It was changed again since, so I left it as it is. Admins see by whom in /audit.")
_NO_ITEM = mark("There is no such item on the shelves.")


def item_in(text: str, command: str) -> tuple[Shelf, int]:
    """The item that somebody names as in joke-12."""
    found = named(text)
    if found is None:
        raise UserError(_WHICH, command=command)
    return found


def named(text: str) -> tuple[Shelf, int] | None:
    """The item of a name like joke-12; None of any other text."""
    found = _NAME.fullmatch(text.strip().lower())
    if found is None:
        return None
    return next(shelf for shelf, noun in NOUNS.items() if noun == found[1]), int(found[2])


async def last(db: Database, person_id: int) -> list[Change]:
    """What this person did lately and can take back, the newest first."""
    return await db.read(rows.last, person_id, ACTS_SHOWN)


async def undo(db: Database, person_id: int, act_id: int, update_id: int, now: datetime) -> Change:
    """Take back one's own act, once; a UserError if somebody went on from there."""

    def work(conn: Connection) -> Change:
        act = rows.find(conn, person_id, act_id)
        if act is None or act.item is None:
            raise UserError(_TOO_OLD)
        if act.undone_at is None:
            _take_back(conn, act, act.item, now)
            rows.take_back(conn, act.id, now)
            act = replace(act, undone_at=now)
            roles.note(conn, person_id, f"undo.{act.what}", act.name, update_id, now)
        return act

    return await db.write(work)


async def page(
    db: Database, shelf: Shelf, kind: Kind, word: str, offset: int, limit: int
) -> tuple[list[tuple[int, ItemEntry]], int]:
    """What is on a shelf, the newest first, with all words of `word` if there is one."""
    return await db.read(items.page, shelf, kind, word, offset, limit)


async def look(db: Database, shelf: Shelf, item_id: int) -> Item:
    """An item, also one that was taken off; a UserError if there is none."""
    item = await db.read(items.find, shelf, item_id)
    if item is None:
        raise UserError(_NO_ITEM)
    return item


async def put_back(
    db: Database, person_id: int, shelf: Shelf, item_id: int, update_id: int, now: datetime
) -> Item:
    """Onto its shelf again, whoever took it off."""

    def work(conn: Connection) -> Item:
        item = items.find(conn, shelf, item_id)
        if item is None:
            raise UserError(_NO_ITEM)
        items.remove(conn, shelf, item_id, None)
        roles.note(conn, person_id, "undo.remove", f"{NOUNS[shelf]}-{item_id}", update_id, now)
        return item

    return await db.write(work)


async def remove(
    db: Database, person_id: int, shelf: Shelf, item_id: int, update_id: int, now: datetime
) -> Change:
    """Take an item off its shelf."""

    def work(conn: Connection) -> Change:
        done = rows.of_update(conn, update_id)
        if done is not None:
            return done
        before = on_shelf(conn, shelf, item_id)
        items.remove(conn, shelf, item_id, now)
        return rows.note(conn, person_id, "remove", shelf, item_id, before, update_id, now)

    return await db.write(work)


def add(
    conn: Connection,
    person_id: int,
    entry: ItemEntry,
    update_id: int,
    now: datetime,
    *,
    reading: Reading | None = None,
) -> Change:
    """Shelve something new, in somebody's transaction; a report with what was read of it."""
    shelf, item_id = items.shelf_of(entry), items.add(conn, entry, now, by=person_id)
    if reading is not None:
        reports.save_reading(conn, item_id, reading)
    return rows.note(conn, person_id, "add", shelf, item_id, None, update_id, now)


def edit(
    conn: Connection,
    person_id: int,
    item_id: int,
    entry: ItemEntry,
    update_id: int,
    now: datetime,
    *,
    said: str | None = None,
) -> Change:
    """Change what an item says, likewise; `said` is the audit's word for it."""
    shelf = items.shelf_of(entry)
    before = on_shelf(conn, shelf, item_id)
    items.change(conn, item_id, entry, now)
    return rows.note(conn, person_id, "edit", shelf, item_id, before, update_id, now, said=said)


def on_shelf(conn: Connection, shelf: Shelf, item_id: int) -> Item:
    """What stands on the shelf, likewise; a UserError for anything else."""
    item = items.find(conn, shelf, item_id)
    if item is None or item.removed_at is not None:
        raise UserError(_NO_ITEM)
    return item


def _take_back(conn: Connection, act: Change, item: Item, now: datetime) -> None:
    if act.what == "add":
        items.remove(conn, act.shelf, act.item_id, item.removed_at or now)
    elif act.what == "remove":
        _check(item.removed_at == act.at)
        items.remove(conn, act.shelf, act.item_id, None)
    elif act.before is not None:
        _check(item.edited_at == act.at)
        items.change(conn, act.item_id, act.before.entry, act.before.edited_at)


def _check(untouched: bool) -> None:
    if not untouched:
        raise UserError(_CHANGED)
