"""An import is all of a file or nothing, and can be taken back as a whole."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import count
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from bot.child import Children
from bot.content import Content
from bot.errors import UserError
from bot.models.feeds import FeedEntry
from bot.models.imports import Tally
from bot.models.jokes import JokeEntry
from bot.services import importing, shelves
from bot.store import imports, jokes, seeds
from bot.store.feeds import feeds
from tests.content.samples import joke, put

if TYPE_CHECKING:
    from pathlib import Path

    from bot.models.imports import Import
    from bot.store.database import Connection, Database

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
ADMIN = 7
FEED = FeedEntry("https://example.org/feed", "Example", "en", "science")


def some(*numbers: int, text: str = "Joke") -> Content:
    return Content(jokes=tuple(JokeEntry(f"j{n}", "en", "office", f"{text} {n}.") for n in numbers))


def told(conn: Connection) -> set[str]:
    return set(conn.scalars(select(jokes.jokes.c.text).where(jokes.SHELVED)))


async def begun(db: Database) -> Import:
    return await db.write(imports.begin, ADMIN, "jokes.csv", NOW, state="looked")


async def test_an_import_comes_twice_and_changes_nothing(db: Database) -> None:
    content = some(1, 2)
    assert await importing.bring_in(db, content, NOW) == Tally(2, 0, 0)
    assert await importing.bring_in(db, content, NOW) == Tally(0, 0, 2)
    assert await importing.bring_in(db, Content(), NOW) == Tally()


async def test_a_look_counts_and_shows_what_would_change(db: Database) -> None:
    await importing.bring_in(db, some(1, 2), NOW)
    found = await importing.compare(
        db, Content(jokes=(*some(1).jokes, *some(2, 3, text="New").jokes))
    )
    assert found.tally == Tally(1, 1, 1)
    assert [(each.before, each.after) for each in found.differences] == [("Joke 2.", "New 2.")]
    assert await db.read(told) == {"Joke 1.", "Joke 2."}
    assert (await importing.compare(None, some(1, 2, 3))).tally == Tally(3, 0, 0)


async def test_one_that_breaks_off_in_the_middle_changes_nothing(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "ENTRIES_AT_ONCE", 2)
    await importing.bring_in(db, some(1, 2, 3), NOW)

    def crash(_: int) -> None:
        if len(seen := [*steps, 1]) == 2:
            raise ConnectionResetError
        steps[:] = seen

    steps: list[int] = []
    wanted = Content(jokes=(*some(1, 4, text="New").jokes, *some(5, 6, 7).jokes))
    with pytest.raises(ConnectionResetError):
        await importing.bring_in(db, wanted, NOW, crash)
    assert await db.read(told) == {"Joke 1.", "Joke 2.", "Joke 3."}
    assert await importing.bring_in(db, wanted, NOW) == Tally(4, 1, 0)
    assert await db.read(told) >= {"New 1.", "New 4.", "Joke 7."}


async def test_an_import_is_taken_back_as_a_whole_but_for_what_was_edited_since(
    db: Database,
) -> None:
    await importing.bring_in(db, some(1), NOW)
    one = await begun(db)
    wanted = Content(jokes=(*some(1, text="New").jokes, *some(2, 3).jokes), feeds=(FEED,))
    await importing.bring_in(db, wanted, NOW, one=one)

    def edit(conn: Connection) -> None:
        mine = update(jokes.jokes).where(jokes.jokes.c.key == "j3")
        conn.execute(mine.values(text="Edited.", edited_at=NOW))

    await db.write(edit)
    _, kept = await importing.take_back(db, ADMIN, one.id, 1, NOW)
    assert kept == 1
    assert await db.read(told) == {"Joke 1.", "Edited."}
    shown = select(feeds.c.address).where(feeds.c.removed_at.is_(None))
    assert await db.read(lambda conn: conn.scalar(shown)) is None
    assert (await importing.take_back(db, ADMIN, one.id, 1, NOW))[1] == 0
    assert (await importing.compare(db, wanted)).tally == Tally(2, 1, 1)


async def test_nobody_takes_back_what_another_brought(db: Database) -> None:
    one = await begun(db)
    with pytest.raises(UserError, match="changed nothing"):
        await importing.take_back(db, ADMIN, one.id, 1, NOW)
    await importing.bring_in(db, some(1), NOW, one=one)
    with pytest.raises(UserError, match="too long ago"):
        await importing.take_back(db, ADMIN + 1, one.id, 1, NOW)
    assert await db.read(told) == {"Joke 1."}


async def test_what_a_killed_program_left_in_the_middle_is_taken_back_later(db: Database) -> None:
    one = await db.write(imports.begin, None, "jokes.csv", NOW)
    rows = seeds.rows("jokes", some(1, 2).jokes, origin="import")
    await db.write(imports.step, one.id, "jokes", rows, NOW)
    await importing.rescue(db, NOW + timedelta(minutes=1))
    assert len(await db.read(told)) == 2
    await importing.rescue(db, NOW + timedelta(minutes=3))
    assert await db.read(told) == set()
    assert not await db.read(imports.running)


async def test_one_that_takes_long_but_goes_on_is_not_taken_for_broken_off(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "ENTRIES_AT_ONCE", 1)
    monkeypatch.setattr(importing, "REST", 0)
    minutes, rescues = count(), list[asyncio.Task[None]]()
    clock = SimpleNamespace(perf_counter=lambda: next(minutes) * 60.0)
    monkeypatch.setattr(importing, "time", clock)

    def watch(_: int) -> None:
        now = NOW + timedelta(minutes=2 * len(rescues) + 2)
        rescues.append(asyncio.create_task(importing.rescue(db, now)))

    assert await importing.bring_in(db, some(1, 2, 3), NOW, watch) == Tally(3, 0, 0)
    await asyncio.gather(*rescues)
    assert await db.read(told) == {"Joke 1.", "Joke 2.", "Joke 3."}


async def test_what_a_chat_began_is_left_to_its_update(db: Database) -> None:
    one = await begun(db)
    await db.write(imports.start, one.id, NOW)
    rows = seeds.rows("jokes", some(1).jokes, origin="import")
    await db.write(imports.step, one.id, "jokes", rows, NOW)
    await importing.rescue(db, NOW + timedelta(days=1))
    assert await db.read(told) == {"Joke 1."}


async def test_a_look_shows_some_of_what_would_change_and_counts_all(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "COMPARED_AT_ONCE", 2)
    many = range(importing.MOST_DIFFERENCES + 3)
    await importing.bring_in(db, some(*many), NOW)
    found = await importing.compare(db, some(*many, text="New"))
    assert found.tally == Tally(0, len(many), 0)
    assert [each.key for each in found.differences] == ["j0", "j1", "j2", "j3", "j4"]


async def test_all_that_was_edited_since_is_counted_and_stays(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "ENTRIES_AT_ONCE", 1)
    one = await begun(db)
    await importing.bring_in(db, some(1, 2, 3), NOW, one=one)
    edited = update(jokes.jokes).where(jokes.jokes.c.key != "j2").values(edited_at=NOW)
    await db.write(lambda conn: conn.execute(edited).rowcount)
    assert (await importing.take_back(db, ADMIN, one.id, 1, NOW))[1] == 2
    assert await db.read(told) == {"Joke 1.", "Joke 3."}


async def test_what_is_undone_is_not_undone_again_though_it_came_anew(db: Database) -> None:
    one = await begun(db)
    await importing.bring_in(db, some(1), NOW, one=one)
    await importing.take_back(db, ADMIN, one.id, 1, NOW)
    await importing.bring_in(db, some(1), NOW)
    again, kept = await importing.take_back(db, ADMIN, one.id, 2, NOW)
    assert (again.state, kept) == ("undone", 0)
    assert await db.read(told) == {"Joke 1."}


async def test_a_document_that_comes_twice_is_one_report_and_a_broken_one_is_told() -> None:
    song = "The quokka\n\n" + "One evening the quokka sang to the town. " * 20
    broken = ("b.pdf", b"%PDF-1.4 and nothing more")
    files = (("a.txt", song.encode()), broken, ("c.txt", song.encode()))
    async with Children(workers=1) as children:
        content = await importing.read_documents(children, shelves.Look(Content(), None, files))
    assert [each.title for each in content.reports] == ["The quokka"]
    assert [each.file for each in content.problems] == ["b.pdf"]


async def test_an_import_is_not_pruned_when_the_bot_starts(db: Database, tmp_path: Path) -> None:
    await importing.bring_in(db, some(1), NOW)
    put(tmp_path, "jokes/en.jsonl", joke("a", text="A seed."))
    await shelves.seed(db, tmp_path, NOW)
    assert await db.read(told) == {"Joke 1.", "A seed."}
