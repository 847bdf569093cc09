"""What people saved, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, select

from bot.errors import UserError
from bot.models.saved import Target
from bot.services import saved as service
from bot.store import chats, jokes, reports, saved, seeds
from tests.store.samples import NOW, chat, joke, later, person, report

if TYPE_CHECKING:
    from bot.models.saved import Kind
    from bot.store.database import Connection, Database


@pytest.fixture(autouse=True)
async def stocked(db: Database) -> None:
    def work(conn: Connection) -> None:
        for number in (1, 2):
            chats.remember(conn, chat(number), person(number), NOW)
        some = [joke(str(n), f"Joke\n{n}.", punchline="Ha!") for n in range(7)]
        seeds.apply(conn, "jokes", some, NOW, origin="seed", prune=True)
        seeds.apply(conn, "reports", [report("r")], NOW, origin="seed", prune=True)

    await db.write(work)


def first(conn: Connection, kind: Kind) -> int:
    table = jokes.jokes if kind == "joke" else reports.reports
    found: int = conn.execute(select(table.c.id).order_by(table.c.id)).scalars().first() or 0
    return found


async def press(
    db: Database, kind: Kind = "joke", update_id: int = 1, *, by: int = 1, nth: int = 0,
    wish: bool | None = None,
) -> bool:  # fmt: skip
    item_id = await db.read(first, kind) + nth
    return await service.press(db, by, kind, item_id, update_id, later(update_id), wish=wish)


async def titles(db: Database, person_id: int = 1, offset: int = 0) -> list[str]:
    return [each.title for each in (await service.page(db, person_id, offset)).items]


async def test_each_person_has_their_own_list_newest_first(db: Database) -> None:
    assert await press(db, "joke", 1)
    assert await press(db, "report", 2)
    assert await press(db, "joke", 3, by=2)
    assert await titles(db) == ["Report r", "Joke 0."]
    assert await titles(db, 2) == ["Joke 0."]
    found = (await service.page(db, 1, 0)).items[1]
    assert (found.kind, found.item_id, found.url) == ("joke", await db.read(first, "joke"), None)
    assert found.saved_at == later(1)


async def test_a_second_press_takes_it_off_and_the_same_update_again_changes_nothing(
    db: Database,
) -> None:
    assert await press(db, update_id=1)
    assert await press(db, update_id=1)
    assert await titles(db) == ["Joke 0."]
    assert not await press(db, update_id=2)
    assert await titles(db) == []


async def test_who_says_what_they_wish_gets_it_however_often(db: Database) -> None:
    for update_id in (1, 2):
        assert await press(db, update_id=update_id, wish=True)
        assert await titles(db) == ["Joke 0."]
    for update_id in (3, 4):
        assert not await press(db, update_id=update_id, wish=False)
        assert await titles(db) == []


async def test_a_page_beyond_the_end_is_the_last_one(db: Database) -> None:
    for nth in range(6):
        await press(db, update_id=nth + 1, nth=nth)
    assert await titles(db, offset=5) == ["Joke 0."]
    await press(db, update_id=9, nth=0)
    page = await service.page(db, 1, 5)
    assert (page.offset, page.total, len(page.items)) == (0, 5, 5)


async def test_what_is_gone_stays_by_its_title_and_a_newcomer_in_its_place_is_another(
    db: Database,
) -> None:
    await press(db, update_id=1, nth=6)

    def change_places(conn: Connection) -> None:
        conn.execute(delete(jokes.jokes).where(jokes.jokes.c.key == "6"))
        seeds.apply(conn, "jokes", [joke("new")], NOW, origin="import", prune=False)

    await db.write(change_places)
    known, there = await service.find(db, 1, 1)
    assert (known.title, known.item_id, there) == ("Joke 6.", None, False)
    for wish in (True, False, None):
        with pytest.raises(UserError, match="no longer on the shelf"):
            await press(db, update_id=2, nth=99, wish=wish)
    await service.drop(db, 2, 1)
    assert await titles(db) == ["Joke 6."]
    await service.drop(db, 1, 1)
    assert await titles(db) == []


async def test_a_person_saves_a_thing_once_and_no_more_than_the_list_holds(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "SAVED_PER_PERSON", 2)
    await press(db, update_id=1, nth=0)
    await press(db, update_id=2, nth=1)
    with pytest.raises(UserError, match="full with 2"):
        await press(db, update_id=3, nth=2)
    assert await press(db, update_id=4, nth=1, wish=True)
    assert await press(db, update_id=5, nth=2, by=2)
    assert await db.read(saved.count, 1) == 2


@pytest.mark.parametrize("title", ["汉" * 300, "😀", "\0x", "<b>&", "'; DROP TABLE saved"])
async def test_any_title_and_address_are_kept(db: Database, title: str) -> None:
    number = await db.read(first, "joke")
    target = Target("joke", number, title, "https://example.org/?a=1&b=%27")
    await db.write(saved.add, 1, target, 2**40, NOW)
    found = await db.read(saved.get, 1, 2**40)
    assert found is not None
    assert (found.title, found.url) == (title.replace("\0", ""), target.url)
