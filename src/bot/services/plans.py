"""What admins planned comes onto its shelf, or leaves it, when its time has come."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.models.acts import NOUNS, keyed
from bot.models.feeds import FeedEntry
from bot.models.headlines import HeadlineEntry
from bot.render.acts import name
from bot.services import acts
from bot.store import feeds, items, roles
from bot.store import plans as rows
from bot.texts import mark

if TYPE_CHECKING:
    from datetime import datetime

    from bot.models.acts import ItemEntry
    from bot.models.drafts import Draft
    from bot.models.plans import Plan
    from bot.store.database import Connection, Database

AT_ONCE = 50
MOST_LISTED = 10
NAME_UNITS = 60
_DONE = mark("That is published already: /undo takes it back.")


async def run(db: Database, now: datetime) -> None:
    """One query when nothing is due."""
    for plan in await db.read(rows.due, now, AT_ONCE):
        await db.write(_carry_out, plan, now)


async def last(db: Database, person_id: int) -> list[Plan]:
    """What this person planned and can call off."""
    return await db.read(rows.last, person_id, MOST_LISTED)


async def call_off(
    db: Database, person_id: int, plan_id: int, update_id: int, now: datetime
) -> Plan:
    """Not to be published after all; a UserError if it was."""

    def work(conn: Connection) -> Plan:
        plan = rows.find(conn, person_id, plan_id)
        if plan is None:
            raise UserError(_DONE)
        rows.drop(conn, plan.id)
        roles.note(conn, person_id, "unplan", _name(plan.entry), update_id, now)
        return plan

    return await db.write(work)


def plan(conn: Connection, person_id: int, draft: Draft, update_id: int, now: datetime) -> Plan:
    """Let a draft come when it says, in somebody's transaction."""
    assert draft.entry is not None  # noqa: S101 - its caller looked
    assert draft.publish_at is not None  # noqa: S101
    entry = keyed(draft.entry, draft.key)
    if isinstance(entry, HeadlineEntry):
        entry = replace(entry, published=draft.publish_at)
    times = (draft.publish_at, draft.expires_at)
    roles.note(conn, person_id, "plan", _name(entry), update_id, now)
    return rows.publish(conn, person_id, update_id, entry, draft.reading, *times)


def _carry_out(conn: Connection, plan: Plan, now: datetime) -> None:
    rows.drop(conn, plan.id)
    if isinstance(plan.entry, FeedEntry) and feeds.at(conn, plan.entry.url):
        return  # somebody was faster
    if plan.what == "publish" and plan.entry is not None:
        change = acts.add(
            conn, plan.person_id, plan.entry, -plan.update_id, now, reading=plan.reading
        )
        if plan.expires_at is not None:
            place = (plan.shelf, change.item_id)
            rows.expire(conn, plan.person_id, plan.update_id, *place, plan.expires_at)
    elif plan.item_id is not None:
        item = items.find(conn, plan.shelf, plan.item_id)
        if item is not None and item.removed_at is None:
            items.remove(conn, plan.shelf, plan.item_id, now)
            gone = f"{NOUNS[plan.shelf]}-{plan.item_id}"
            roles.note(conn, plan.person_id, "expire", gone, _number(plan), now)


def _name(entry: ItemEntry | None) -> str:
    return name(entry, NAME_UNITS) if entry else ""


def _number(plan: Plan) -> int:
    """No update's own: what the clock does stands in the audit beside what they did."""
    return -(plan.update_id + (1 << 52))
