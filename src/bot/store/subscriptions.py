"""Who gets a digest of what, and when."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    delete,
    func,
    select,
    update,
)

from bot.models.subscriptions import Plan, Schedule, Subscription
from bot.schedule.slots import next_slot
from bot.schedule.zones import known
from bot.store import outbox
from bot.store.chats import QUIET, chats, quiet_of
from bot.store.schema import BigId, Utc, count_rows, index, metadata

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row, Select

# Retention: as long as the chat's own row; a removed one thirty days, for Undo. `times` are minutes
# from midnight, `weekdays` digits from 0 for Monday; `sent_at` is when the last one was due,
# `report_part` counts the parts told of the report that is serialised, and `touched` is the number
# of digests when a button was last pressed.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("chat_id", BigId, ForeignKey("chats.id", ondelete="CASCADE"), nullable=False),
    Column("topic_id", BigInteger),
    Column("shelves", Text, nullable=False),
    Column("topics", Text, nullable=False),
    Column("times", Text, nullable=False),
    Column("weekdays", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("next_at", Utc, nullable=False),
    Column("sent_at", Utc),
    Column("number", Integer, nullable=False, default=0),
    Column("report_id", BigId),
    Column("report_part", Integer),
    Column("at_least", Integer, nullable=False, default=0),
    Column("else_joke", Boolean, nullable=False, default=False),
    Column("until", Date),
    Column("touched", Integer, nullable=False, default=0),
    Column("weekly_asked_at", Utc),
    Column("paused_at", Utc),
    Column("removed_at", Utc),
    Column("created_by", BigInteger),
    Column("created_at", Utc, nullable=False),
)
LIVE = subscriptions.c.removed_at.is_(None)
ACTIVE = LIVE & subscriptions.c.paused_at.is_(None)
Index("ix_subscriptions_chat_id", subscriptions.c.chat_id)
Index("ix_subscriptions_created_by", subscriptions.c.created_by)
index("ix_subscriptions_next_at", subscriptions.c.next_at, where=ACTIVE)
index("ix_subscriptions_removed_at", subscriptions.c.removed_at, where=~LIVE)


def add(
    conn: Connection, chat_id: int, topic_id: int | None, plan: Plan, by: int | None, now: datetime
) -> Subscription:
    """A new subscription of a remembered chat."""
    first = next_slot(plan.schedule, now).at
    row = subscriptions.insert().values(
        chat_id=chat_id, topic_id=topic_id, next_at=first, created_by=by, created_at=now,
        **_columns(plan),
    )  # fmt: skip
    new = conn.execute(row.returning(subscriptions.c.id)).scalar_one()
    return _subscription(conn.execute(_whole(subscriptions.c.id == new)).one())


def of_chat(conn: Connection, chat_id: int) -> list[Subscription]:
    """All of a chat, the oldest first."""
    here = _whole(LIVE & (subscriptions.c.chat_id == chat_id))
    return [_subscription(row) for row in conn.execute(here.order_by(subscriptions.c.id))]


def of_channels(conn: Connection, person_id: int) -> list[Subscription]:
    """Those of channels that this person subscribed."""
    theirs = LIVE & (chats.c.kind == "channel") & (subscriptions.c.created_by == person_id)
    return [_subscription(row) for row in conn.execute(_whole(theirs).order_by(subscriptions.c.id))]


def find(conn: Connection, subscription_id: int) -> Subscription | None:
    """One of them, unless it was removed."""
    row = conn.execute(_whole(LIVE & (subscriptions.c.id == subscription_id))).first()
    return _subscription(row) if row else None


def owner(conn: Connection, subscription_id: int) -> int | None:
    """The chat of a subscription, also of a removed one."""
    here = subscriptions.c.id == subscription_id
    found: int | None = conn.scalar(select(subscriptions.c.chat_id).where(here))
    return found


def change(conn: Connection, subscription_id: int, plan: Plan, now: datetime) -> bool:
    """Another plan, from now on; it is no longer paused.

    Where its times stay the same, what is due already comes nevertheless, and as it is wanted now.
    """
    before = find(conn, subscription_id)
    if before is None:
        return False
    values = _columns(plan)
    if before.paused or before.plan.schedule != plan.schedule:
        _withdraw(conn, subscription_id)
        values |= {"next_at": next_slot(plan.schedule, now).at, "paused_at": None}
    else:
        outbox.reword(
            conn, subscription_id, shelves=plan.shelves, topics=plan.topics,
            at_least=plan.at_least, else_joke=plan.else_joke,
        )  # fmt: skip
    return _set(conn, subscription_id, **values)


def pause(conn: Connection, subscription_id: int, now: datetime) -> bool:
    """Send nothing until `resume`, nor what waits in the outbox; its news are kept for then."""
    _withdraw(conn, subscription_id)
    return _set(conn, subscription_id, paused_at=now)


def _withdraw(conn: Connection, subscription_id: int) -> None:
    since = outbox.withdraw(conn, subscription_id)
    if since is not None:
        keep_news(conn, subscription_id, since)


def resume(conn: Connection, subscription_id: int, now: datetime) -> bool:
    """Go on with the next time that is due, not with those that were missed.

    One that had come to its end is for good then.
    """
    found = find(conn, subscription_id)
    if found is None:
        return False
    first, until = next_slot(found.plan.schedule, now), found.plan.until
    over = until is not None and first.day > until
    return _set(
        conn, subscription_id, paused_at=None, next_at=first.at, until=None if over else until
    )


def refused_in(conn: Connection, chat_id: int, topic_id: int | None) -> Sequence[int]:
    """Those that no person paused, but the refusal of their last message in this place."""
    messages = outbox.outbox.c
    refused = (messages.subscription_id == subscriptions.c.id) & (messages.state == "dead")
    then = messages.settled_at == subscriptions.c.paused_at
    here = (LIVE, subscriptions.c.chat_id == chat_id, subscriptions.c.topic_id == topic_id)
    found = select(subscriptions.c.id).join(outbox.outbox, refused & then).where(*here)
    return conn.scalars(found).all()


def remove(conn: Connection, subscription_id: int, now: datetime) -> bool:
    """Take it down; what waits in the outbox for it goes, too."""
    _withdraw(conn, subscription_id)
    return _set(conn, subscription_id, removed_at=now)


def restore(conn: Connection, subscription_id: int, now: datetime) -> Subscription | None:
    """Undo `remove`."""
    here = (subscriptions.c.id == subscription_id, ~LIVE)
    conn.execute(update(subscriptions).where(*here).values(removed_at=None))
    resume(conn, subscription_id, now)
    return find(conn, subscription_id)


def removed_at(conn: Connection, chat_id: int, moment: datetime) -> list[int]:
    """Those of a chat that were taken down at this very moment."""
    here = (subscriptions.c.chat_id == chat_id, subscriptions.c.removed_at == moment)
    return list(conn.scalars(select(subscriptions.c.id).where(*here).order_by(subscriptions.c.id)))


def due(conn: Connection, now: datetime) -> int:
    """How many are to be claimed."""
    return count_rows(conn, subscriptions, ACTIVE, subscriptions.c.next_at <= now)


def part_told(conn: Connection, subscription_id: int) -> tuple[int | None, int]:
    """The report that is serialised, and how many of its parts were told."""
    here = subscriptions.c.id == subscription_id
    told = select(subscriptions.c.report_id, subscriptions.c.report_part).where(here)
    row = conn.execute(told).first()
    return (row.report_id, row.report_part or 0) if row else (None, 0)


def mark_part(conn: Connection, subscription_id: int, report_id: int, part: int) -> None:
    """So many parts of this report were told."""
    _set(conn, subscription_id, report_id=report_id, report_part=part)


def touch(conn: Connection, chat_id: int, subscription_id: int) -> None:
    """Somebody in the chat pressed a button of it: it is read."""
    here = (subscriptions.c.id == subscription_id, subscriptions.c.chat_id == chat_id)
    values = {"touched": subscriptions.c.number}
    conn.execute(update(subscriptions).where(*here).values(values))


def mark_weekly_asked(conn: Connection, subscription_id: int, now: datetime) -> None:
    """Nobody is asked twice."""
    _set(conn, subscription_id, weekly_asked_at=now)


def keep_news(conn: Connection, subscription_id: int, since: datetime) -> None:
    """A digest that had too little to tell leaves it to the next."""
    _set(conn, subscription_id, sent_at=since)


def next_of_chat(conn: Connection, chat_id: int) -> datetime | None:
    """When this chat hears next, None without a subscription."""
    first = func.min(subscriptions.c.next_at, type_=Utc)
    found: datetime | None = conn.scalar(
        select(first).where(subscriptions.c.chat_id == chat_id, ACTIVE)
    )
    return found


def purge(conn: Connection, before: datetime) -> int:
    """Drop what was removed before then; how many."""
    return conn.execute(delete(subscriptions).where(subscriptions.c.removed_at < before)).rowcount


def _set(conn: Connection, subscription_id: int, **values: object) -> bool:
    here = (subscriptions.c.id == subscription_id, LIVE)
    return conn.execute(update(subscriptions).where(*here).values(**values)).rowcount > 0


def _columns(plan: Plan) -> dict[str, object]:
    schedule = plan.schedule
    return {
        "shelves": ",".join(plan.shelves),
        "topics": ",".join(plan.topics),
        "times": ",".join(str(each.hour * 60 + each.minute) for each in schedule.times),
        "weekdays": "".join(map(str, schedule.weekdays)),
        "zone": schedule.zone,
        "at_least": plan.at_least,
        "else_joke": plan.else_joke,
        "until": plan.until,
    }


def topics_of(row: Row[*tuple[Any, ...]]) -> tuple[str, ...]:
    """To which headlines are narrowed, in a row of the table."""
    return tuple(filter(None, row.topics.split(",")))


def schedule_of(row: Row[*tuple[Any, ...]]) -> Schedule:
    """When it is due, in a row of the table."""
    minutes = map(int, row.times.split(","))
    times = tuple(time(minute // 60, minute % 60) for minute in minutes)
    return Schedule(times, tuple(map(int, row.weekdays)), known(row.zone))


def _subscription(row: Row[*tuple[Any, ...]]) -> Subscription:
    shelves = tuple(row.shelves.split(","))
    plan = Plan(shelves, topics_of(row), schedule_of(row), row.at_least, row.else_joke, row.until)
    paused = row.paused_at is not None
    channel = row.title if row.kind == "channel" else ""
    place = (row.chat_id, row.topic_id)
    return Subscription(row.id, *place, plan, row.next_at, paused, channel, quiet_of(row))


def _whole(where: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    with_place = select(subscriptions, chats.c.kind, chats.c.title, *QUIET)
    return with_place.join(chats, chats.c.id == subscriptions.c.chat_id).where(where)
