"""What admins change on the shelves survives restarts and seeds, and can be taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.errors import UserError
from bot.jobs import tidy
from bot.services import acts
from bot.store import acts as rows
from bot.store import items, jokes, reports, seeds
from tests.store.samples import NOW, headline, joke, later, report, shelved

if TYPE_CHECKING:
    from bot.models.acts import Change, ItemEntry, Shelf
    from bot.store.database import Connection, Database

ENTRIES: tuple[ItemEntry, ...] = (joke("a"), headline("a", text="It is so."), report("a"))


async def add(db: Database, entry: ItemEntry, update_id: int = 1, by: int = 1) -> Change:
    return await db.write(acts.add, by, entry, update_id, NOW)


def told(conn: Connection, shelf: Shelf, item_id: int) -> bool:
    if shelf == "headlines":
        return item_id in [each.id for each in shelved(conn)]
    find = jokes.find if shelf == "jokes" else reports.find
    return find(conn, item_id) is not None


@pytest.mark.parametrize("entry", ENTRIES)
async def test_what_was_added_is_told_and_taken_back(db: Database, entry: ItemEntry) -> None:
    done = await add(db, entry)
    assert await db.read(told, done.shelf, done.item_id)
    await acts.undo(db, 1, done.id, 2, later(1))
    assert not await db.read(told, done.shelf, done.item_id)
    assert await acts.last(db, 1) == []


@pytest.mark.parametrize("entry", ENTRIES)
async def test_what_was_removed_comes_back(db: Database, entry: ItemEntry) -> None:
    done = await add(db, entry)
    gone = await acts.remove(db, 1, done.shelf, done.item_id, 2, later(1))
    again = await acts.remove(db, 1, done.shelf, done.item_id, 2, later(1))
    assert gone == again
    assert not await db.read(told, done.shelf, done.item_id)
    await acts.undo(db, 1, gone.id, 3, later(2))
    assert await db.read(told, done.shelf, done.item_id)


async def test_an_edit_is_taken_back_unless_somebody_went_on_from_there(db: Database) -> None:
    done = await add(db, joke("a", "One."))
    first = await db.write(acts.edit, 1, done.item_id, joke("a", "Two."), 2, later(1))
    second = await db.write(acts.edit, 2, done.item_id, joke("a", "Three."), 3, later(2))
    with pytest.raises(UserError, match="changed again since"):
        await acts.undo(db, 1, first.id, 4, later(3))
    with pytest.raises(UserError, match="can't be taken back"):
        await acts.undo(db, 1, second.id, 4, later(3))
    await acts.undo(db, 2, second.id, 4, later(3))
    await acts.undo(db, 1, first.id, 5, later(4))
    found = await db.read(jokes.find, done.item_id)
    assert found is not None
    assert found.text == "One."


async def test_a_seed_neither_changes_nor_takes_down_what_was_added_in_the_chat(
    db: Database,
) -> None:
    mine = await add(db, joke("chat-1", "Mine."))
    await db.write(seeds.apply, "jokes", [joke("b")], NOW, origin="seed", prune=True)
    assert await db.read(told, "jokes", mine.item_id)


async def test_what_a_seed_brought_stays_removed_also_when_only_its_key_is_left(
    db: Database,
) -> None:
    await db.write(seeds.apply, "reports", [report("a")], NOW, origin="seed", prune=True)
    await acts.remove(db, 1, "reports", 1, 1, NOW)
    mine = await add(db, report("mine"), 2)
    await acts.undo(db, 1, mine.id, 3, NOW)
    await tidy.run(db, NOW + timedelta(days=31))
    assert await db.read(items.find, "reports", 1) is None
    assert await db.read(items.find, "reports", mine.item_id) is None
    assert await acts.last(db, 1) == []
    await db.write(seeds.apply, "reports", [report("a")], NOW, origin="seed", prune=True)
    assert not await db.read(told, "reports", 1)


async def test_a_replayed_update_changes_nothing_twice(db: Database) -> None:
    first, again = await add(db, joke("a")), await add(db, joke("a"))
    assert first == again
    assert len(await db.read(rows.last, 1, 10)) == 1
