"""Content files go on the shelves again and again; what admins did there stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update

from bot.store import jokes, seeds
from bot.store.seeds import Applied
from tests.store.samples import NOW, headline, joke, later, report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models.acts import ItemEntry, Shelf
    from bot.models.jokes import JokeEntry
    from bot.store.database import Connection, Database
    from bot.store.seeds import Origin

TABLE = jokes.jokes


async def seed(
    db: Database, *entries: JokeEntry, prune: bool = True, origin: Origin = "seed"
) -> Applied:
    return await db.write(seeds.apply, "jokes", entries, later(1), origin=origin, prune=prune)


def texts(conn: Connection) -> dict[str, str]:
    shelved = select(TABLE.c.key, TABLE.c.text).where(TABLE.c.removed_at.is_(None))
    return dict(conn.execute(shelved).all())


def rows(conn: Connection) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in conn.execute(select(TABLE).order_by(TABLE.c.id))]


def touch(conn: Connection, /, key: str, **values: object) -> None:
    conn.execute(update(TABLE).where(TABLE.c.key == key).values(**values))


async def edit(db: Database, key: str) -> None:
    """As an admin."""
    await db.write(touch, key, text="Edited.", edited_at=NOW)


async def remove(db: Database, key: str) -> None:
    """As an admin."""
    await db.write(touch, key, removed_at=NOW)


@pytest.mark.parametrize(
    ("shelf", "entries"),
    [
        ("jokes", [joke("a"), joke("b", punchline="P")]),
        ("headlines", [headline("a"), headline("b", sample=True)]),
        ("reports", [report("a"), report("b", "长文。" * 1000, language="zh")]),
    ],
)
async def test_seeding_again_changes_nothing(
    db: Database, shelf: Shelf, entries: Sequence[ItemEntry]
) -> None:
    first = await db.write(seeds.apply, shelf, entries, NOW, origin="seed", prune=True)
    assert first == Applied(added=2, changed=0, kept=0, removed=0)
    again = await db.write(seeds.apply, shelf, entries, later(9), origin="seed", prune=True)
    assert again == Applied(added=0, changed=0, kept=2, removed=0)


async def test_an_unchanged_row_is_untouched(db: Database) -> None:
    await seed(db, joke("a"), joke("b"))
    before = await db.read(rows)
    await seed(db, joke("b"), joke("a"))
    assert await db.read(rows) == before


async def test_a_changed_file_changes_the_row_and_keeps_its_number(db: Database) -> None:
    await seed(db, joke("a", "Old."), joke("b"))
    (old, *_) = await db.read(jokes.search, "en", "old", 1)
    assert await seed(db, joke("a", "New."), joke("b")) == Applied(0, 1, 1, 0)
    assert await db.read(jokes.search, "en", "new", 9) == [replace(old, text="New.")]


async def test_what_left_the_files_leaves_the_shelf_and_may_come_back(db: Database) -> None:
    await seed(db, joke("a"), joke("b"))
    assert await seed(db, joke("b")) == Applied(0, 0, 1, 1)
    assert set(await db.read(texts)) == {"b"}
    assert await seed(db, joke("b")) == Applied(0, 0, 1, 0)
    assert await seed(db, joke("a"), joke("b")) == Applied(1, 0, 1, 0)
    assert set(await db.read(texts)) == {"a", "b"}


async def test_without_pruning_nothing_leaves(db: Database) -> None:
    await seed(db, joke("a"), joke("b"))
    assert await seed(db, joke("c"), prune=False) == Applied(1, 0, 0, 0)
    assert set(await db.read(texts)) == {"a", "b", "c"}


async def test_an_admins_edit_is_kept_when_the_file_changes_or_goes(db: Database) -> None:
    await seed(db, joke("a"), joke("b"))
    await edit(db, "a")
    assert await seed(db, joke("a", "Changed in the file."), joke("b")) == Applied(0, 0, 2, 0)
    assert (await db.read(texts))["a"] == "Edited."
    assert await seed(db, joke("b")) == Applied(0, 0, 1, 0)
    assert (await db.read(texts))["a"] == "Edited."


async def test_what_an_admin_removed_stays_removed(db: Database) -> None:
    await seed(db, joke("a"), joke("b"))
    await remove(db, "a")
    assert await seed(db, joke("a"), joke("b")) == Applied(0, 0, 2, 0)
    assert await seed(db, joke("a", "Changed."), joke("b")) == Applied(0, 0, 2, 0)
    assert await seed(db, joke("b")) == Applied(0, 0, 1, 0)
    assert await seed(db, joke("a"), joke("b")) == Applied(0, 0, 2, 0)
    assert set(await db.read(texts)) == {"b"}


async def test_imports_are_not_pruned_and_not_seeded_over(db: Database) -> None:
    await seed(db, joke("a"))
    assert await seed(db, joke("i"), prune=False, origin="import") == Applied(1, 0, 0, 0)
    assert await seed(db, joke("a"), joke("i", "From a file.")) == Applied(0, 0, 2, 0)
    assert await seed(db, joke("a")) == Applied(0, 0, 1, 0)
    assert set(await db.read(texts)) == {"a", "i"}


async def test_an_import_may_replace_a_seed_for_good(db: Database) -> None:
    await seed(db, joke("a", "Seed."))
    imported = await seed(db, joke("a", "Import."), prune=False, origin="import")
    assert imported == Applied(0, 1, 0, 0)
    assert await seed(db, joke("a", "Seed.")) == Applied(0, 0, 1, 0)
    assert await db.read(texts) == {"a": "Import."}


async def test_of_two_entries_with_one_key_the_last_counts(db: Database) -> None:
    await seed(db, joke("a", "One."), joke("a", "Two."))
    assert await db.read(texts) == {"a": "Two."}


async def test_no_entries_add_nothing_and_prune_everything(db: Database) -> None:
    assert await seed(db) == Applied(0, 0, 0, 0)
    await seed(db, joke("a"))
    assert await seed(db) == Applied(0, 0, 0, 1)


async def test_a_failure_half_way_changes_nothing(db: Database) -> None:
    await seed(db, joke("a", "Old."))

    def apply_and_crash(conn: Connection) -> None:
        entries = [joke("a", "New."), *(joke(f"n{number}") for number in range(2500))]
        seeds.apply(conn, "jokes", entries, NOW, origin="seed", prune=True)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await db.write(apply_and_crash)
    assert await db.read(texts) == {"a": "Old."}


async def test_many_chunks_are_one_seeding(db: Database) -> None:
    many = [joke(f"j{number}", f"笑话 {number} 😂") for number in range(seeds.ROWS_AT_ONCE * 2 + 1)]
    assert await seed(db, *many) == Applied(len(many), 0, 0, 0)
    assert await seed(db, *many[1:]) == Applied(0, 0, len(many) - 1, 1)


async def test_strange_texts_are_stored_as_far_as_possible(db: Database) -> None:
    strange = [joke("a", "nul\0 half \ud83d"), joke("b", "x" * 500_000), joke("c", "\u202e👩‍👩‍👧")]
    assert await seed(db, *strange) == Applied(3, 0, 0, 0)
    assert await seed(db, *strange) == Applied(0, 0, 3, 0)
    assert (await db.read(texts))["a"] == "nul half \ufffd"


async def test_the_digest_of_a_folder_is_remembered(db: Database) -> None:
    assert await db.read(seeds.digest, "content") is None
    await db.write(seeds.set_digest, "content", "1")
    await db.write(seeds.set_digest, "content", "2")
    await db.write(seeds.set_digest, "other", "3")
    assert await db.read(seeds.digest, "content") == "2"
