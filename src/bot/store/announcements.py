"""What admins announce; the messages themselves stand in the outbox."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    bindparam,
    case,
    delete,
    exists,
    func,
    select,
    update,
)

from bot.models.announcements import Announcement, Audience, Watched
from bot.models.messages import Copy
from bot.schedule.quiet import held_until
from bot.store import outbox as posted
from bot.store.chats import QUIET, chats, quiet_of
from bot.store.outbox import OPEN, outbox
from bot.store.schema import BigId, CleanText, Utc, count_rows, metadata
from bot.store.subscriptions import ACTIVE, subscriptions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from bot.models.announcements import Stage

# Retention: as long as the chat it was written in; its messages as the outbox's others. The message
# `panel_id` in that chat tells how far it has come, null once all is told.
announcements = Table(
    "announcements",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("created_by", BigInteger, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("whom", Text, nullable=False),
    Column("language", Text),
    Column("stage", Text, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("started_at", Utc),
    Column("panel_id", BigInteger),
    Column("told", CleanText),
)


def add(conn: Connection, by: int, source: Copy, audience: Audience, now: datetime) -> Announcement:
    """A draft."""
    row = announcements.insert().values(
        created_by=by, chat_id=source.chat_id, message_id=source.message_id, whom=audience.whom,
        language=audience.language, stage="draft", created_at=now,
    )  # fmt: skip
    return _announcement(conn.execute(row.returning(announcements)).one())


def find(conn: Connection, announcement_id: int) -> Announcement | None:
    """One of them."""
    row = conn.execute(select(announcements).where(announcements.c.id == announcement_id)).first()
    return _announcement(row) if row else None


def advance(
    conn: Connection, announcement_id: int, old: Sequence[Stage], new: Stage, now: datetime
) -> bool:
    """Whether it was at one of the old stages; then it is at the new one."""
    here = (announcements.c.id == announcement_id, announcements.c.stage.in_(old))
    started = func.coalesce(announcements.c.started_at, now)
    changed = update(announcements).where(*here).values(stage=new, started_at=started)
    return conn.execute(changed).rowcount == 1


def aim(conn: Connection, announcement_id: int, audience: Audience) -> bool:
    """Whom it is for, as long as it is a draft; False once it is not."""
    here = (announcements.c.id == announcement_id, announcements.c.stage == "draft")
    values = {"whom": audience.whom, "language": audience.language}
    return conn.execute(update(announcements).where(*here).values(**values)).rowcount == 1


def watch(conn: Connection, announcement_id: int, panel_id: int | None, told: str | None) -> None:
    """This message tells how far it has come, and says so much now."""
    here = announcements.c.id == announcement_id
    conn.execute(update(announcements).where(here).values(panel_id=panel_id, told=told))


def watched(conn: Connection) -> list[Watched]:
    """Those whose progress is being told, with the language of the chat."""
    found = select(announcements, chats.c.language.label("speaks")).join(
        chats, chats.c.id == announcements.c.chat_id
    )
    rows = conn.execute(found.where(announcements.c.panel_id.is_not(None)))
    return [Watched(_announcement(row), row.panel_id, row.speaks, row.told) for row in rows]


def leave(conn: Connection, announcement_id: int, now: datetime) -> int:
    """Let those rest of which nobody knows whether they arrived; how many."""
    parked = (_of(announcement_id), outbox.c.kind == "broadcast", outbox.c.state == "parked")
    rest = update(outbox).where(*parked).values(state="dead", settled_at=now)
    return conn.execute(rest).rowcount


def reach(conn: Connection, audience: Audience) -> int:
    """How many chats would get it."""
    return count_rows(conn, chats, *_listening(audience))


def post(
    conn: Connection, one: Announcement, payload: str, now: datetime, per_second: float, zone: str
) -> int:
    """Put its messages in the outbox, due one after the other and not in quiet hours; how many.

    `zone` is that of chats that did not say where they are.
    """
    found = select(chats.c.id, chats.c.timezone, *QUIET).where(*_listening(one.audience))
    rows = [
        {
            "key": f"announcement/{one.id}/{row.id}", "kind": "broadcast", "chat_id": row.id,
            "announcement_id": one.id, "day": now.date(), "payload": payload, "due_at": now,
            "not_before": _turn(row, turn, zone),
        }
        for row, turn in zip(
            conn.execute(found.order_by(chats.c.id)), _turns(now, per_second), strict=False
        )
    ]  # fmt: skip
    posted.post(conn, rows)
    return len(rows)


def hold(conn: Connection, announcement_id: int) -> None:
    """Send none of those that wait."""
    waiting = update(outbox).where(_of(announcement_id), posted.WAITING)
    conn.execute(waiting.values(state="held"))


def go_on(
    conn: Connection,
    announcement_id: int,
    states: Sequence[str],
    now: datetime,
    per_second: float,
    zone: str,
) -> int:
    """Let those in such a state wait for their turn, as `post` does; how many."""
    here = (_of(announcement_id), outbox.c.state.in_(states))
    places = select(outbox.c.id, chats.c.timezone, *QUIET).join(
        chats, chats.c.id == outbox.c.chat_id
    )
    rows = conn.execute(places.where(*here).order_by(outbox.c.id)).all()
    turns = _turns(now, per_second)
    return _spread(conn, [(row.id, _turn(row, next(turns), zone)) for row in rows])


def drop(conn: Connection, announcement_id: int) -> int:
    """Take back those not sent yet; how many."""
    held = posted.WAITING | (outbox.c.state == "held")
    return conn.execute(delete(outbox).where(_of(announcement_id), held)).rowcount


def remove(conn: Connection, announcement_id: int, now: datetime, per_second: float) -> int:
    """Have those deleted that were sent; how many."""
    sent = (_of(announcement_id), outbox.c.kind == "broadcast", outbox.c.message_id.is_not(None))
    ids = conn.scalars(select(outbox.c.id).where(*sent).order_by(outbox.c.id)).all()
    conn.execute(update(outbox).where(*sent).values(kind="removal", payload=None, attempts=0))
    return _spread(conn, list(zip(ids, _turns(now, per_second), strict=False)))


def counts(conn: Connection, announcement_id: int) -> dict[tuple[str, str], int]:
    """How many of its messages are of each kind and state; what is still to be done is `open`."""
    phase = case((outbox.c.state.in_(OPEN), "open"), else_=outbox.c.state).label("phase")
    found = select(outbox.c.kind, phase, func.count()).where(_of(announcement_id))
    rows = conn.execute(found.group_by(outbox.c.kind, "phase"))
    return {(kind, its_phase): number for kind, its_phase, number in rows}


def _turn(row: Row[*tuple[Any, ...]], at: datetime, zone: str) -> datetime:
    return held_until(at, quiet_of(row), row.timezone or zone)


_SPREAD = (
    update(outbox)
    .where(outbox.c.id == bindparam("its_id"))
    .values(state="waiting", not_before=bindparam("turn"), settled_at=None)
)


def _spread(conn: Connection, turns: Sequence[tuple[int, datetime]]) -> int:
    values = [{"its_id": key, "turn": turn} for key, turn in turns]
    if values:
        conn.execute(_SPREAD, values)
    return len(values)


def _turns(now: datetime, per_second: float) -> Iterator[datetime]:
    return (now + timedelta(seconds=number / per_second) for number in count())


def _of(announcement_id: int) -> ColumnElement[bool]:
    return outbox.c.announcement_id == announcement_id


def _listening(audience: Audience) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [chats.c.paused_at.is_(None)]
    if audience.language is not None:
        wanted.append(chats.c.language == audience.language)
    if audience.whom == "people":
        wanted.append(chats.c.kind == "private")
    elif audience.whom == "groups":
        wanted.append(chats.c.kind.in_(("group", "supergroup")))
    elif audience.whom == "subscribers":
        wanted.append(exists().where(subscriptions.c.chat_id == chats.c.id, ACTIVE))
    return wanted


def _announcement(row: Row[*tuple[Any, ...]]) -> Announcement:
    audience = Audience(row.whom, row.language)
    source = Copy(row.chat_id, row.message_id)
    return Announcement(row.id, row.created_by, source, audience, row.stage, row.started_at)
