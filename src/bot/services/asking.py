"""What somebody was asked to type: a joke to be sent in, or the city they are in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.config import SUBMISSIONS_A_DAY
from bot.errors import UserError
from bot.store import submissions as rows
from bot.store import subscriptions

if TYPE_CHECKING:
    from datetime import datetime

    from bot.store.database import Connection, Database

# What people are asked to type, beside what moderators are; and how long they have.
JOKE, PLACE = "submit", "place"
TYPED_WITHIN = timedelta(minutes=15)
DAY = timedelta(days=1)


async def ask(db: Database, person_id: int, now: datetime) -> None:
    """The next text of this person is a joke to be sent in; a UserError if none is taken today."""

    def work(conn: Connection) -> None:
        check_day(conn, person_id, now)
        rows.await_words(conn, person_id, JOKE, "", now)

    await db.write(work)


async def ask_where(db: Database, person_id: int, subscription_id: int, now: datetime) -> None:
    """The next text of this person may name the city that this subscription is for."""
    await db.write(rows.await_words, person_id, PLACE, str(subscription_id), now)


async def asked_where(db: Database, person_id: int, now: datetime) -> int | None:
    """Which subscription it is for; None if nobody asked, or that has ended."""

    def work(conn: Connection) -> int | None:
        found = rows.expected(conn, person_id, now - TYPED_WITHIN)
        asked = subscriptions.find(conn, int(found[1])) if found and found[0] == PLACE else None
        return asked.id if asked else None

    return await db.read(work)


async def know_where(db: Database, person_id: int) -> None:
    """It was said."""
    await db.write(rows.expect_nothing, person_id, PLACE)


async def never_mind(db: Database, person_id: int) -> bool:
    """It is not; False if none was asked for any more."""
    return await db.write(rows.expect_nothing, person_id, JOKE) > 0


async def awaits(db: Database, person_id: int, update_id: int, now: datetime) -> bool:
    """Whether this update brings a joke that was asked for, or, replayed, has brought it."""

    def work(conn: Connection) -> bool:
        found = rows.expected(conn, person_id, now - TYPED_WITHIN)
        return (found is not None and found[0] == JOKE) or rows.known(conn, update_id)

    return await db.read(work)


def check_day(conn: Connection, person_id: int, now: datetime) -> None:
    """A UserError if this person has sent in enough for one day."""
    if rows.sent_since(conn, person_id, now - DAY) >= SUBMISSIONS_A_DAY:
        raise UserError(
            "That makes {most} in one day, thank you! Tomorrow I take more.",
            most=SUBMISSIONS_A_DAY,
        )
