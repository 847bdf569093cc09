"""Due digests are claimed and their messages posted in one transaction."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, select, update

from bot.models.deliveries import Digest
from bot.schedule.quiet import held_until
from bot.schedule.slots import last_slot, next_slot
from bot.store import outbox, wishes
from bot.store.chats import QUIET, chats, quiet_of
from bot.store.subscriptions import ACTIVE, schedule_of, subscriptions, topics_of

if TYPE_CHECKING:
    from sqlalchemy import Row

    from bot.models.subscriptions import Slot

# So far new rules for a zone's clock move a slot.
MOST_MOVED = timedelta(hours=3)
LONGEST_WINDOW = timedelta(days=14)
# After so many digests without a press of a button a chat is asked if they are too many.
UNTOUCHED = 14


def claim(conn: Connection, now: datetime, limit: int) -> int:
    """Take those whose time has come, the longest due first, and post their messages; how many.

    Their next times are set in the same transaction. What was missed meanwhile comes once. A paused
    chat gets nothing, but its times go on. Quiet hours hold it back, and what comes due meanwhile
    is one with it.
    """
    due = (
        select(subscriptions, chats.c.paused_at.label("away"), *QUIET)
        .join(chats, chats.c.id == subscriptions.c.chat_id)
        .where(ACTIVE, subscriptions.c.next_at <= now)
        .order_by(subscriptions.c.next_at)
        .limit(limit)
        .with_for_update(skip_locked=True, of=subscriptions)
    )
    rows = conn.execute(due).all()
    if not rows:
        return 0
    claimed = [(row, _due(row, now)) for row in rows]
    conn.execute(_NEXT, [_advance(row, slot, now) for row, slot in claimed])
    present = [(row, slot) for row, slot in claimed if row.away is None]
    wishes = outbox.merge(conn, {row.id: _digest(row, slot, now) for row, slot in present}, now)
    outbox.post(conn, [_post(row, slot, wishes[row.id], now) for row, slot in present])
    return len(rows)


_NEXT = (
    update(subscriptions)
    .where(
        subscriptions.c.id == bindparam("its_id"), subscriptions.c.next_at == bindparam("its_time")
    )
    .values(
        next_at=bindparam("later"),
        sent_at=bindparam("slot"),
        number=bindparam("its_number"),
        paused_at=bindparam("ended"),
    )
)


def _due(row: Row[*tuple[Any, ...]], now: datetime) -> Slot:
    """The last slot by now, of those up to the subscription's last day.

    New rules for a zone may have made a day's slot earlier than it was when `next_at` was set.
    """
    schedule, most = schedule_of(row), now
    first = row.next_at - MOST_MOVED
    if row.sent_at is not None:
        first = max(first, row.sent_at + timedelta.resolution)
    if row.until is not None:
        over = datetime.combine(row.until + timedelta(days=1), time(), ZoneInfo(schedule.zone))
        most = max(row.next_at, min(now, over - timedelta.resolution))
    return last_slot(schedule, first, most)


def _advance(row: Row[*tuple[Any, ...]], slot: Slot, now: datetime) -> dict[str, object]:
    away, later = row.away is not None, _later(row, slot, now)
    return {
        "its_id": row.id,
        "its_time": row.next_at,
        "later": later.at,
        "ended": now if _is_last(row, later) else None,
        "slot": row.sent_at if away else slot.at,
        "its_number": row.number if away else row.number + 1,
    }


def _later(row: Row[*tuple[Any, ...]], slot: Slot, now: datetime) -> Slot:
    """The next one."""
    later = next_slot(schedule_of(row), slot.at)
    return later if later.at > now else next_slot(schedule_of(row), now)


def _is_last(row: Row[*tuple[Any, ...]], later: Slot) -> bool:
    """The next one would come after the subscription's last day."""
    return row.until is not None and later.day > row.until


def _digest(row: Row[*tuple[Any, ...]], slot: Slot, now: datetime) -> Digest:
    since = max(row.sent_at or slot.at - timedelta(days=1), slot.at - LONGEST_WINDOW)
    return Digest(
        row.id, "", schedule_of(row).zone, tuple(row.shelves.split(",")), topics_of(row), since,
        row.number, late=False, at_least=row.at_least, else_joke=row.else_joke,
        asks_weekly=_untouched(row), is_last=_is_last(row, _later(row, slot, now)),
    )  # fmt: skip


def _untouched(row: Row[*tuple[Any, ...]]) -> bool:
    """Many came on several days a week, all that were due, and nobody did anything with them.

    What ends by itself is not asked about.
    """
    often = len(row.weekdays) > 1 and not row.at_least and row.until is None
    return often and row.weekly_asked_at is None and row.number - row.touched >= UNTOUCHED


def _post(
    row: Row[*tuple[Any, ...]], slot: Slot, digest: Digest, now: datetime
) -> dict[str, object]:
    held = held_until(now, quiet_of(row), schedule_of(row).zone)
    return {
        "key": f"{row.id}/{slot.day.isoformat()}/{slot.minute}/0",
        "kind": "digest",
        "chat_id": row.chat_id,
        "topic_id": row.topic_id,
        "subscription_id": row.id,
        "day": slot.day,
        "wish": wishes.packed(digest),
        "due_at": slot.at,
        "not_before": held if held > now else slot.at,
    }
