"""Roles and the audit, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.store import chats, roles, traces
from tests.store.samples import NOW, chat, later, person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models.roles import Act
    from bot.store.database import Database


@pytest.fixture(autouse=True)
async def known(db: Database) -> None:
    for number in (1, 2):
        await db.write(chats.remember, chat(number), person(number), NOW)


async def lines(db: Database, what: Sequence[str] = (), word: str = "") -> list[Act]:
    """Of the audit, the newest first."""
    found, _ = await db.read(roles.acts, what, word, 0, 9)
    return found


async def test_the_last_granted_role_counts(db: Database) -> None:
    assert await db.read(roles.role_of, 1) is None
    await db.write(roles.grant, 1, "editor", NOW)
    await db.write(roles.grant, 1, "admin", NOW)
    await db.write(roles.grant, 2, "moderator", NOW)
    assert await db.read(roles.everybody) == {1: "admin", 2: "moderator"}
    await db.write(roles.revoke, 1)
    assert await db.read(roles.role_of, 1) is None


async def test_who_is_forgotten_has_no_role_and_leaves_a_number_in_the_audit(
    db: Database,
) -> None:
    await db.write(roles.grant, 1, "admin", NOW)
    await db.write(roles.note, 1, "revoke", "2", 10, NOW)
    await db.write(traces.forget, 1, 1)
    assert await db.read(roles.role_of, 1) is None
    [act] = await lines(db)
    assert (act.person_id, act.name, act.at) == (1, None, NOW)


async def test_an_update_that_is_replayed_is_one_line(db: Database) -> None:
    for update_id in (10, 11, 10):
        await db.write(roles.note, 1, "refused", f"/{update_id}", update_id, NOW)
    assert [act.detail for act in await lines(db)] == ["/11", "/10"]
    found, total = await db.read(roles.acts, (), "", 0, 1)
    assert (len(found), total) == (1, 2)


async def test_the_audit_is_asked_by_kind_by_name_and_by_number(db: Database) -> None:
    for update_id, (who, what) in enumerate([(1, "add"), (1, "refused"), (2, "refused")]):
        await db.write(roles.note, who, what, "x", update_id, NOW)
    name = (await db.read(roles.name_of, 2) or "").upper()
    assert [act.what for act in await lines(db, ("add",))] == ["add"]
    assert [act.person_id for act in await lines(db, ("refused",))] == [2, 1]
    assert [act.person_id for act in await lines(db, (), "2")] == [2]
    assert [act.person_id for act in await lines(db, (), name)] == [2]
    assert await lines(db, (), "nobody%") == []


async def test_the_audit_forgets_what_is_old(db: Database) -> None:
    await db.write(roles.note, 1, "refused", "/old", 1, NOW)
    await db.write(roles.note, 1, "refused", "/new", 2, later(60))
    await db.write(roles.purge, later(30))
    assert [act.detail for act in await lines(db)] == ["/new"]
