"""Announcements: one message to many chats, paused, resumed, cancelled and taken back.

They go through the outbox, due one after the other at the bot's pace, so that a digest that
becomes due meanwhile comes at its own time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.models.announcements import Announcement, Progress
from bot.services.outbox import packed
from bot.store import announcements as rows
from bot.store import roles
from bot.texts import mark

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.models.announcements import Audience, Stage, Watched
    from bot.models.messages import Copy
    from bot.store.database import Connection, Database

NOT_NOW = mark("That announcement is no longer at this point.")
# Telegram lets a bot delete its own messages for so long.
REMOVABLE = timedelta(hours=48)


async def reach(db: Database, audience: Audience) -> int:
    """How many chats an announcement would go to."""
    return await db.read(rows.reach, audience)


async def draft(
    db: Database, by: int, source: Copy, audience: Audience, now: datetime
) -> Announcement:
    """Keep what is to be announced; nothing is sent before `start`."""
    return await db.write(rows.add, by, source, audience, now)


async def find(db: Database, announcement_id: int, by: int) -> Announcement:
    """One that this admin made; a UserError if there is none."""
    found = await db.read(rows.find, announcement_id)
    if found is None or found.by != by:
        raise UserError(NOT_NOW)
    return found


async def aim(db: Database, one: Announcement, audience: Audience) -> Announcement:
    """Choose whom it is for, before it is started."""
    if not await db.write(rows.aim, one.id, audience):
        raise UserError(NOT_NOW)
    return replace(one, audience=audience)


async def start(
    db: Database,
    one: Announcement,
    now: datetime,
    per_second: float,
    zone: str = "UTC",
    update_id: int | None = None,
) -> int:
    """Post it to its audience as it is now; to how many chats. A second start is refused.

    Quiet hours hold it back; `zone` is that of chats that did not say where they are.
    """

    def work(conn: Connection) -> int:
        _advance(conn, one, ("draft",), "running", now)
        posted = rows.post(conn, one, packed(one.source), now, per_second, zone)
        _note(conn, one, "announce", f"#{one.id}: {posted}", update_id, now)
        return posted

    return await db.write(work)


async def pause(db: Database, one: Announcement, now: datetime) -> None:
    """Send no more of it; what is on its way arrives."""
    await _change(db, one, ("running",), "paused", lambda conn: rows.hold(conn, one.id), now)


async def resume(
    db: Database, one: Announcement, now: datetime, per_second: float, zone: str = "UTC"
) -> None:
    """Go on where it was paused."""
    await _change(
        db, one, ("paused",), "running",
        lambda conn: rows.go_on(conn, one.id, ("held",), now, per_second, zone), now,
    )  # fmt: skip


async def cancel(db: Database, one: Announcement, now: datetime) -> None:
    """Send no more of it, ever."""
    old: tuple[Stage, ...] = ("draft", "running", "paused")
    await _change(db, one, old, "cancelled", lambda conn: rows.drop(conn, one.id), now)


async def retract(
    db: Database,
    one: Announcement,
    now: datetime,
    per_second: float,
    update_id: int | None = None,
) -> None:
    """Send no more of it, and delete what was sent; Telegram allows that for two days.

    What was on its way at that moment is deleted by a second call.
    """
    if one.started_at is not None and now - one.started_at >= REMOVABLE:
        raise UserError("Telegram lets a bot delete its messages for 48 hours only.")

    def work(conn: Connection) -> None:
        rows.drop(conn, one.id)
        rows.remove(conn, one.id, now, per_second)
        _note(conn, one, "retract", f"#{one.id}", update_id, now)

    old: tuple[Stage, ...] = ("running", "paused", "cancelled", "retracted")
    await _change(db, one, old, "retracted", work, now)


async def send_unknown(
    db: Database, one: Announcement, now: datetime, per_second: float, zone: str = "UTC"
) -> int:
    """Send those once more of which nobody knows whether they arrived; how many."""

    def work(conn: Connection) -> int:
        _advance(conn, one, ("running",), "running", now)
        return rows.go_on(conn, one.id, ("parked",), now, per_second, zone)

    return await db.write(work)


async def leave_unknown(db: Database, one: Announcement, now: datetime) -> int:
    """Count those as failed of which nobody knows whether they arrived; how many."""
    return await db.write(rows.leave, one.id, now)


async def watch(
    db: Database, one: Announcement, panel_id: int | None, told: str | None = None
) -> None:
    """This message tells how far it has come, until all is told."""
    await db.write(rows.watch, one.id, panel_id, told)


async def watched(db: Database) -> list[Watched]:
    """Those whose progress is being told."""
    return await db.read(rows.watched)


async def progress(db: Database, one: Announcement, per_second: float) -> Progress:
    """How far it has come."""
    counts = await db.read(rows.counts, one.id)
    open_ = sum(number for (_, state), number in counts.items() if state == "open")
    return Progress(
        open=open_,
        sent=counts.get(("broadcast", "done"), 0) + counts.get(("removal", "dead"), 0),
        failed=counts.get(("broadcast", "dead"), 0),
        unknown=counts.get(("broadcast", "parked"), 0),
        deleted=counts.get(("removal", "done"), 0),
        left=timedelta(seconds=open_ / per_second),
    )


async def _change(
    db: Database,
    one: Announcement,
    old: tuple[Stage, ...],
    new: Stage,
    act: Callable[[Connection], object],
    now: datetime,
) -> None:
    def work(conn: Connection) -> None:
        _advance(conn, one, old, new, now)
        act(conn)

    await db.write(work)


def _note(
    conn: Connection,
    one: Announcement,
    what: str,
    detail: str,
    update_id: int | None,
    now: datetime,
) -> None:
    if update_id is not None:
        roles.note(conn, one.by, what, detail, update_id, now)


def _advance(
    conn: Connection, one: Announcement, old: tuple[Stage, ...], new: Stage, now: datetime
) -> None:
    if not rows.advance(conn, one.id, old, new, now):
        raise UserError(NOT_NOW)
