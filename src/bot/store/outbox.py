"""Messages to be sent: posted once under a key, taken for a while, settled when Telegram answered.

waiting -> taken (being composed) -> sending (may have reached Telegram) -> done, or waiting again,
or parked (nobody knows whether it arrived), or dead (it never will). A paused announcement's are
held.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    Table,
    Text,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal_column,
    select,
    update,
)

from bot.models.deliveries import Settled
from bot.store import wishes as kept
from bot.store.chats import QUIET, chats
from bot.store.schema import BigId, CleanText, Utc, count_rows, index, insert, metadata

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

    from bot.models.deliveries import Delivery, Digest

UNDER_WAY = ("waiting", "taken", "sending")
OPEN = (*UNDER_WAY, "held")
# A message that every start finds half sent is no longer tried: it may be what ends the process.
# Many kills in one fan-out are no reason, so this is far more than those can find the same one.
MOST_ATTEMPTS = 100

# Retention: two days once done, thirty days if parked or dead. The key is subscription, local date,
# minute and part; `wish` says in JSON what a digest is to hold, `payload` is the composed message.
outbox = Table(
    "outbox",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("topic_id", BigInteger),
    Column("subscription_id", BigId),
    Column("announcement_id", BigId),
    Column("day", Date, nullable=False),
    Column("wish", Text),
    Column("payload", CleanText),
    Column("state", Text, nullable=False, default="waiting"),
    Column("due_at", Utc, nullable=False),
    Column("not_before", Utc, nullable=False),
    Column("lease", Utc),
    Column("attempts", Integer, nullable=False, default=0),
    Column("unknowns", Integer, nullable=False, default=0),
    Column("message_id", BigInteger),
    Column("error", CleanText),
    Column("settled_at", Utc),
)
# Bound values would keep SQLite from using the indexes.
WAITING = outbox.c.state == literal_column("'waiting'")
LEASED = outbox.c.state.in_([literal_column("'taken'"), literal_column("'sending'")])
SETTLED = outbox.c.settled_at.is_not(None)
index("ix_outbox_not_before", outbox.c.not_before, outbox.c.id, where=WAITING)
index("ix_outbox_lease", outbox.c.lease, where=LEASED)
index("ix_outbox_settled_at", outbox.c.settled_at, where=SETTLED)
Index("ix_outbox_chat_id", outbox.c.chat_id)
Index("ix_outbox_subscription_id", outbox.c.subscription_id)
Index("ix_outbox_announcement_id", outbox.c.announcement_id)


def post(conn: Connection, messages: Sequence[Mapping[str, object]]) -> None:
    """Put messages in; one whose key is known was posted before and is left as it is."""
    if messages:
        fresh = insert(conn, outbox).on_conflict_do_nothing(index_elements=["key"])
        conn.execute(fresh, list(messages))


def take(conn: Connection, now: datetime, lease: datetime, limit: int) -> list[Delivery]:
    """Those that may go out now, the longest due first; until `lease` they are nobody else's.

    What was put off into quiet hours, by an outage or a retry, waits for their end. Each message
    is whole in itself: one that has to wait holds up no other of its chat.
    """
    while rows := conn.execute(_ready(now, limit)).all():
        ends = {row.id: end for row in rows if (end := kept.held(row, now)) > now}
        if ends:
            conn.execute(_HOLD, [{"its_id": key, "end": end} for key, end in ends.items()])
        if taken := [row for row in rows if row.id not in ends]:
            here = outbox.c.id.in_([row.id for row in taken])
            conn.execute(update(outbox).where(here).values(state="taken", lease=lease))
            return [kept.delivery(row, now) for row in taken]
    return []


def _ready(now: datetime, limit: int) -> Select[*tuple[Any, ...]]:
    columns = (outbox, chats.c.language, chats.c.kind.label("place"), chats.c.timezone, *QUIET)
    return (
        select(*columns)
        .join(chats, chats.c.id == outbox.c.chat_id)
        .where(WAITING, outbox.c.not_before <= now)
        .order_by(outbox.c.not_before, outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=outbox)
    )


_HOLD = update(outbox).where(outbox.c.id == bindparam("its_id")).values(not_before=bindparam("end"))


def begin(conn: Connection, payloads: Mapping[int, str], lease: datetime) -> None:
    """Note, before the first byte is written, that these may reach Telegram from now on."""
    values = [{"its_id": key, "text": text, "until": lease} for key, text in payloads.items()]
    if values:
        conn.execute(_BEGIN, values)


def settle(conn: Connection, outcomes: Iterable[Settled], now: datetime) -> None:
    """Write down how each went."""
    values = [
        {
            "its_id": done.id, "its_state": done.state, "sent": done.message_id,
            "again": done.again_at, "doubt": done.unknowns, "why": done.error, "left": done.left,
            "ended": None if done.state == "waiting" else now,
        }
        for done in outcomes
    ]  # fmt: skip
    if values:
        conn.execute(_SETTLE, values)


def renew(conn: Connection, ids: Sequence[int], lease: datetime) -> None:
    """They are still being sent."""
    conn.execute(update(outbox).where(outbox.c.id.in_(ids), LEASED).values(lease=lease))


def rescue(conn: Connection, before: datetime | None, now: datetime) -> int:
    """Free what a dead process held, or only what it held until `before`; how many.

    A digest that may have been sent is sent again, an announcement is parked.
    """
    over = LEASED if before is None else LEASED & (outbox.c.lease <= before)
    doubtful = (outbox.c.state == "sending") & (
        (outbox.c.kind == "broadcast") | (outbox.c.attempts >= MOST_ATTEMPTS)
    )
    freed = update(outbox).where(over).values(
        state=case((doubtful, "parked"), else_="waiting"),
        settled_at=case((doubtful, now), else_=None),
        lease=None,
    )  # fmt: skip
    return conn.execute(freed).rowcount


def drop_chat(conn: Connection, chat_id: int, why: str, now: datetime) -> None:
    """Nothing that waits for this chat can be sent."""
    here = (outbox.c.chat_id == chat_id, WAITING)
    conn.execute(update(outbox).where(*here).values(state="dead", error=why, settled_at=now))


def drop_alike(conn: Connection, payload: str, why: str, now: datetime) -> None:
    """What was to be passed on is gone, so nobody else gets it either."""
    here = (outbox.c.payload == payload, outbox.c.kind == "broadcast", WAITING)
    conn.execute(update(outbox).where(*here).values(state="dead", error=why, settled_at=now))


def merge(conn: Connection, wishes: Mapping[int, Digest], now: datetime) -> dict[int, Digest]:
    """Digests about to be posted, by subscription, each with the news of those that wait still.

    Those are done: after an outage there is one digest, whose news begin where the first's did.
    """
    unsent = (outbox.c.subscription_id.in_(wishes), WAITING, outbox.c.payload.is_(None))
    columns = (outbox.c.id, outbox.c.subscription_id, outbox.c.wish)
    merged = dict(wishes)
    for row in conn.execute(select(*columns).where(*unsent)).all():
        digest = merged[row.subscription_id]
        since = min(digest.since, kept.since(row.wish))
        merged[row.subscription_id] = replace(digest, since=since)
        settle(conn, [Settled(row.id, "done", error="told by a later one")], now)
    return merged


def withdraw(conn: Connection, subscription_id: int) -> datetime | None:
    """Nobody wants this any more; from when on are the news that it would have told."""
    here = (outbox.c.subscription_id == subscription_id, WAITING)
    gone = conn.execute(delete(outbox).where(*here).returning(outbox.c.wish, outbox.c.payload))
    return min((kept.since(wish) for wish, payload in gone if payload is None), default=None)


def reword(conn: Connection, subscription_id: int, **values: object) -> None:
    """What waits for a subscription and is not written yet is to hold something else."""
    unwritten = (WAITING, outbox.c.payload.is_(None))
    here = select(outbox.c.id, outbox.c.wish).where(
        outbox.c.subscription_id == subscription_id, *unwritten
    )
    for key, wish in conn.execute(here).all():
        new = kept.changed(wish, **values)
        conn.execute(update(outbox).where(outbox.c.id == key).values(wish=new))


def leave_topic(conn: Connection, delivery_id: int) -> None:
    """It goes to its chat at large."""
    conn.execute(update(outbox).where(outbox.c.id == delivery_id).values(topic_id=None))


def counts(conn: Connection) -> dict[str, int]:
    """How many messages are in each state."""
    return dict(conn.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state)).all())


def missed(conn: Connection) -> int:
    """How many never arrived in chats that still listen: who left misses nothing."""
    return count_rows(conn, outbox, *_MISSED)


def failures(conn: Connection, most: int) -> list[tuple[str, int]]:
    """Why those never arrived, the most frequent reason first, and how many each."""
    many = func.count()
    dead = select(outbox.c.error, many).where(*_MISSED).group_by(outbox.c.error)
    rows = conn.execute(dead.order_by(many.desc(), outbox.c.error).limit(most))
    return [(error or "", number) for error, number in rows]


def revive_notices(conn: Connection, chat_id: int) -> None:
    """What became of something that people sent in is told when they are back."""
    here = (outbox.c.chat_id == chat_id, outbox.c.kind == "notice", outbox.c.state == "dead")
    values = {"state": "waiting", "settled_at": None, "error": None}
    conn.execute(update(outbox).where(*here).values(**values))


def unpark(conn: Connection, now: datetime) -> int:
    """Send again what a person need not decide one by one: all parked but announcements."""
    parked = (outbox.c.state == "parked", outbox.c.kind != "broadcast")
    values = {"state": "waiting", "not_before": now, "settled_at": None, "attempts": 0}
    return conn.execute(update(outbox).where(*parked).values(**values)).rowcount


def park_open(conn: Connection, now: datetime) -> int:
    """A backup does not know what became of these since; how many there are."""
    values = {"state": "parked", "settled_at": now, "lease": None, "error": "restored"}
    return conn.execute(update(outbox).where(outbox.c.state.in_(OPEN)).values(**values)).rowcount


def oldest(conn: Connection) -> datetime | None:
    """When the longest due of those still to be sent was due."""
    found: datetime | None = conn.scalar(
        select(func.min(outbox.c.due_at, type_=Utc)).where(WAITING | LEASED)
    )
    return found


def purge(conn: Connection, done: datetime, failed: datetime, limit: int) -> int:
    """Drop what was done before the one time or given up before the other; how many."""
    old = SETTLED & (outbox.c.settled_at < done)
    over = old & ((outbox.c.state == "done") | (outbox.c.settled_at < failed))
    ids = select(outbox.c.id).where(over).limit(limit)
    return conn.execute(delete(outbox).where(outbox.c.id.in_(ids))).rowcount


_MISSED: tuple[ColumnElement[bool], ...] = (
    outbox.c.state == "dead",
    ~exists().where(chats.c.id == outbox.c.chat_id, chats.c.paused_at.is_not(None)),
)
_HERE: ColumnElement[bool] = outbox.c.id == bindparam("its_id")
_BEGIN = (
    update(outbox)
    .where(_HERE)
    .values(
        state="sending",
        payload=bindparam("text"),
        lease=bindparam("until"),
        attempts=outbox.c.attempts + 1,
    )
)
_SETTLE = (
    update(outbox)
    .where(_HERE)
    .values(
        state=bindparam("its_state"),
        message_id=func.coalesce(bindparam("sent", type_=BigInteger), outbox.c.message_id),
        not_before=func.coalesce(bindparam("again", type_=Utc), outbox.c.not_before),
        payload=func.coalesce(bindparam("left", type_=CleanText), outbox.c.payload),
        unknowns=bindparam("doubt"),
        error=bindparam("why"),
        settled_at=bindparam("ended"),
        lease=None,
    )
)
