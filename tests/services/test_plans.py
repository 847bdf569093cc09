"""What is planned comes when its time has come, whole and once, and goes again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.errors import UserError
from bot.models.drafts import Draft
from bot.models.reading import Reading
from bot.services import acts, feeds, plans
from bot.store import feeds as followed
from bot.store import items, reports, roles
from bot.store import plans as rows
from tests.store.samples import NOW, feed, headline, joke, report

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models.acts import ItemEntry, Shelf
    from bot.models.plans import Plan
    from bot.store.database import Connection, Database

ANN, BEN = 1, 2
SOON, LATER = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
READING = Reading("en", None, 2, (), (), ())


def draft(entry: ItemEntry, shelf: Shelf, key: str, **more: object) -> Draft:
    """As a draft has it: its entry has no key yet."""
    return Draft(1, key, shelf, entry, None, publish_at=SOON, **more)  # type: ignore[arg-type]


async def planned(db: Database, made: Draft, update_id: int = 1) -> Plan:
    return await db.write(plans.plan, ANN, made, update_id, NOW)


def shelf(conn: Connection, name: Shelf) -> list[tuple[int, ItemEntry]]:
    return items.page(conn, name, "all", "", 0, 10)[0]


def audit(conn: Connection) -> list[tuple[str, datetime]]:
    told = select(roles.audit.c.what, roles.audit.c.at).order_by(roles.audit.c.id)
    return [(row.what, row.at) for row in conn.execute(told)]


async def test_all_that_is_due_comes_with_one_look_and_nothing_before(db: Database) -> None:
    for number in (1, 2, 3):
        made = draft(joke("", f"Joke {number}."), "jokes", f"k{number}")
        await planned(db, made, number)
    await plans.run(db, SOON - timedelta(seconds=1))
    assert await db.read(shelf, "jokes") == []
    await plans.run(db, SOON)
    assert {entry.key for _, entry in await db.read(shelf, "jokes")} == {"k1", "k2", "k3"}
    assert await plans.last(db, ANN) == []
    assert await db.read(audit) == [("plan", NOW)] * 3 + [("add", SOON)] * 3


async def test_a_headline_is_as_new_as_the_moment_it_comes(db: Database) -> None:
    await planned(db, draft(headline(""), "headlines", "h"))
    await plans.run(db, SOON)
    ((_, entry),) = await db.read(shelf, "headlines")
    assert getattr(entry, "published", None) == SOON


async def test_a_report_comes_with_its_reading_and_goes_at_its_end(db: Database) -> None:
    made = draft(report(""), "reports", "r", reading=READING, expires_at=LATER)
    await planned(db, made)
    await plans.run(db, SOON)
    ((number, _),) = await db.read(shelf, "reports")
    assert await db.read(reports.reading, number) == READING
    await plans.run(db, LATER)
    assert await db.read(shelf, "reports") == []
    assert await db.read(audit) == [("plan", NOW), ("add", SOON), ("expire", LATER)]
    assert await db.read(rows.due, LATER, 10) == []


async def test_what_an_editor_took_off_does_not_expire_as_well(db: Database) -> None:
    await planned(db, draft(joke(""), "jokes", "k", expires_at=LATER))
    await plans.run(db, SOON)
    ((number, _),) = await db.read(shelf, "jokes")
    await acts.remove(db, BEN, "jokes", number, 2, SOON)
    await plans.run(db, LATER)
    item = await acts.look(db, "jokes", number)
    assert item.removed_at == SOON
    assert [what for what, _ in await db.read(audit)] == ["plan", "add", "remove"]


async def test_an_end_without_its_item_hinders_no_other_plan(db: Database) -> None:
    await db.write(rows.expire, ANN, 1, "jokes", 999, SOON)
    await planned(db, draft(joke(""), "jokes", "k"), 2)
    await plans.run(db, SOON)
    assert len(await db.read(shelf, "jokes")) == 1


async def test_only_who_planned_it_calls_it_off_and_then_it_never_comes(db: Database) -> None:
    plan = await planned(db, draft(joke(""), "jokes", "k"))
    with pytest.raises(UserError, match="published already"):
        await plans.call_off(db, BEN, plan.id, 2, NOW)
    assert await plans.call_off(db, ANN, plan.id, 3, NOW) == plan
    await plans.run(db, SOON)
    assert await db.read(shelf, "jokes") == []
    with pytest.raises(UserError, match="published already"):
        await plans.call_off(db, ANN, plan.id, 4, NOW)
    assert [what for what, _ in await db.read(audit)] == ["plan", "unplan"]


async def test_a_feed_is_followed_at_its_time_and_leaves_at_its_end(db: Database) -> None:
    await planned(db, draft(feed(), "feeds", "k1", expires_at=LATER))
    assert await feeds.page(db, 0, 5, broken=False) == ([], 0, 0)
    await plans.run(db, SOON)
    (row,), _, _ = await feeds.page(db, 0, 5, broken=False)
    assert (row.title, row.added_by, row.next_at) == ("Feed 1", ANN, SOON)
    await plans.run(db, LATER)
    assert await feeds.page(db, 0, 5, broken=False) == ([], 0, 0)
    assert [what for what, _ in await db.read(audit)] == ["plan", "add", "expire"]


async def test_a_feed_that_is_followed_by_then_is_not_added_twice(db: Database) -> None:
    await planned(db, draft(feed(), "feeds", "k1", expires_at=LATER))
    await db.write(followed.add, feed(), NOW, by=BEN)
    await plans.run(db, SOON)
    await plans.run(db, LATER)
    (row,), _, _ = await feeds.page(db, 0, 5, broken=False)
    assert row.added_by == BEN
    assert await acts.last(db, ANN) == []
