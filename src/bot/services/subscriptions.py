"""Subscribing: what a chat gets, when, and in which zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.child import tasks
from bot.config import SUBSCRIPTIONS_PER_CHAT
from bot.errors import UserError
from bot.models.deliveries import Digest
from bot.models.subscriptions import EVERY_DAY, SHELVES, City, Plan, Schedule
from bot.schedule import typed, zones
from bot.store import chats
from bot.store import subscriptions as rows
from bot.texts import mark

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.child import Children
    from bot.models.chats import Chat
    from bot.models.subscriptions import Asked, Subscription
    from bot.store.database import Connection, Database

PLACES = 3
# Who writes Berlin does not mean the one in Connecticut.
FAR_LARGER = 10
USUAL_TIME = time(8)
# Where readers of a language mostly are, as long as they did not say.
HOMES = {"zh": "Asia/Shanghai"}
GONE = mark("That subscription has ended.")


async def read(children: Children, text: str, now: datetime) -> tuple[Asked, tuple[City, ...]]:
    """What was typed, and the zones its place may mean: none if it names no place. Of a distance
    from Greenwich, those of the largest cities.

    Raises a UserError that names what can't be read.
    """
    asked = typed.parse(text)
    if not asked.place:
        return asked, ()
    found = await named(children, asked.place, now)
    if not found and not asked.times:
        raise UserError(
            "I can read neither a time nor a place in “{words}”. Try 7:30 Berlin.",
            words=asked.place,
        )
    if not found:
        raise UserError(
            "I know no place called “{place}”. Try a larger city nearby, or a zone such as "
            "Europe/Berlin.", place=asked.place,
        )  # fmt: skip
    return asked, found


async def named(children: Children, place: str, now: datetime) -> tuple[City, ...]:
    """The zones that a city, a zone or a distance from Greenwich may mean."""
    if zone := zones.named(place):
        return (City(zone.rpartition("/")[2].replace("_", " "), zone, 0),)
    if (ahead := zones.offset(place)) is not None:
        fits = zones.with_offset(ahead, now, await children.run(tasks.largest_cities))
        return tuple(replace(city, name=place.upper()) for city in fits[:PLACES])
    found = await children.run(tasks.cities_named, place)
    first, others = found[:1], found[1:]
    famous = all(first[0].population >= FAR_LARGER * other.population for other in others)
    return first if famous else found


async def guessed_zone(db: Database, chat: Chat, default: str) -> tuple[str, bool]:
    """The chat's zone, and whether it is known or only likely."""
    known = await db.read(chats.zone, chat.id)
    return (known, True) if known else (HOMES.get(chat.language, default), False)


async def add(
    db: Database, chat: Chat, topic_id: int | None, asked: Asked, zone: str, by: int | None,
    now: datetime,
) -> Subscription:  # fmt: skip
    """Subscribe a chat; what was not asked for is as most want it. The same plan is kept once."""
    schedule = Schedule(asked.times or (USUAL_TIME,), asked.weekdays or EVERY_DAY, zone)
    plan = Plan(asked.shelves or SHELVES, asked.topics, schedule, until=_until(asked, zone, now))

    def work(conn: Connection) -> Subscription:
        known = rows.of_chat(conn, chat.id)
        for each in known:
            if each.topic_id == topic_id and _same(each.plan, plan):
                rows.change(conn, each.id, plan, now)
                return _found(conn, each.id)
        if len(known) >= SUBSCRIPTIONS_PER_CHAT:
            raise UserError(
                "A chat can have {n} subscriptions; please end one first.",
                n=SUBSCRIPTIONS_PER_CHAT,
            )
        return rows.add(conn, chat.id, topic_id, plan, by, now)

    return await db.write(work)


async def of_chat(db: Database, chat_id: int) -> list[Subscription]:
    """All of a chat, the oldest first."""
    return await db.read(rows.of_chat, chat_id)


async def known_to(db: Database, chat: Chat, person_id: int | None) -> list[Subscription]:
    """What is looked after in a chat: its own, and in private the person's channels'."""
    here = await of_chat(db, chat.id)
    if chat.kind != "private" or person_id is None:
        return here
    return here + await db.read(rows.of_channels, person_id)


async def owner(db: Database, subscription_id: int) -> int:
    """The chat of a subscription, also of one that has just ended."""
    found = await db.read(rows.owner, subscription_id)
    if found is None:
        raise UserError(GONE)
    return found


async def next_at(db: Database, chat_id: int) -> datetime | None:
    """When a chat's next digest comes; None if none does."""
    return await db.read(rows.next_of_chat, chat_id)


async def find(db: Database, chat_id: int, subscription_id: int) -> Subscription:
    """One of this chat; a UserError if it has ended."""
    found = await db.read(rows.find, subscription_id)
    if found is None or found.chat_id != chat_id:
        raise UserError(GONE)
    return found


async def change(
    db: Database, subscription: Subscription, plan: Plan, now: datetime
) -> Subscription:
    """Another plan from now on; a subscription to nothing is refused."""
    if not plan.shelves:
        raise UserError("Something has to be in it: headlines, reports or jokes.")

    def work(conn: Connection) -> Subscription:
        rows.change(conn, subscription.id, plan, now)
        return _found(conn, subscription.id)

    return await db.write(work)


async def set_zone(
    db: Database, subscription: Subscription, zone: str, now: datetime
) -> Subscription:
    """Where its chat is: for this subscription and all that come."""
    if zones.named(zone) is None:
        raise UserError(GONE)
    await db.write(chats.set_zone, subscription.chat_id, zone)
    schedule = replace(subscription.plan.schedule, zone=zone)
    return await change(db, subscription, replace(subscription.plan, schedule=schedule), now)


async def places(children: Children, hour: int, now: datetime) -> list[City]:
    """The largest cities whose clocks show this hour, one a zone."""
    return zones.where_it_is(hour, now, await children.run(tasks.largest_cities))[:PLACES]


async def touch(db: Database, chat_id: int, subscription_id: int) -> None:
    """Its digests are read: somebody pressed a button of one."""
    await db.write(rows.touch, chat_id, subscription_id)


async def weekly(db: Database, subscription: Subscription, now: datetime) -> Subscription:
    """Once a week instead, on the day it is there."""
    schedule = subscription.plan.schedule
    today = now.astimezone(ZoneInfo(schedule.zone)).weekday()
    plan = replace(subscription.plan, schedule=replace(schedule, weekdays=(today,)))
    return await change(db, subscription, plan, now)


async def end_in(
    db: Database, subscription: Subscription, days: int, now: datetime
) -> Subscription:
    """So many days more, 0 for good."""
    today = now.astimezone(ZoneInfo(subscription.plan.schedule.zone)).date()
    until = today + timedelta(days=days) if days else None
    return await change(db, subscription, replace(subscription.plan, until=until), now)


async def pause(db: Database, subscription: Subscription, now: datetime) -> Subscription:
    """Send nothing until it is resumed."""
    await db.write(rows.pause, subscription.id, now)
    return replace(subscription, paused=True)


async def resume(db: Database, subscription: Subscription, now: datetime) -> Subscription:
    """Go on with the next time."""
    await db.write(rows.resume, subscription.id, now)
    return await find(db, subscription.chat_id, subscription.id)


async def remove(db: Database, subscription: Subscription, now: datetime) -> None:
    """End it; `restore` brings it back for thirty days."""
    await db.write(rows.remove, subscription.id, now)


async def remove_all(db: Database, chat_id: int, now: datetime) -> int:
    """End all of a chat, how many; `restore_all` with this moment brings them back."""

    def work(conn: Connection) -> int:
        found = rows.of_chat(conn, chat_id)
        return sum(rows.remove(conn, each.id, now) for each in found)

    return await db.write(work)


async def restore_all(
    db: Database, chat_id: int, moment: datetime, now: datetime
) -> list[Subscription]:
    """Undo `remove_all`; all that the chat then has."""

    def work(conn: Connection) -> list[Subscription]:
        for each in rows.removed_at(conn, chat_id, moment):
            rows.restore(conn, each, now)
        return rows.of_chat(conn, chat_id)

    return await db.write(work)


async def restore(db: Database, chat_id: int, subscription_id: int, now: datetime) -> Subscription:
    """Undo `remove`."""

    def work(conn: Connection) -> Subscription | None:
        owner = rows.owner(conn, subscription_id)
        return rows.restore(conn, subscription_id, now) if owner == chat_id else None

    found = await db.write(work)
    if found is None:
        raise UserError(GONE)
    return found


def wish(chat: Chat, subscription: Subscription | None, zone: str, now: datetime) -> Digest:
    """What a digest would hold now, of a subscription or of all shelves."""
    plan = subscription.plan if subscription else None
    return Digest(
        subscription_id=subscription.id if subscription else 0,
        language=chat.language,
        zone=zone,
        shelves=plan.shelves if plan else SHELVES,
        topics=plan.topics if plan else (),
        since=now - timedelta(days=1),
        number=0,
        late=False,
    )


def _until(asked: Asked, zone: str, now: datetime) -> date | None:
    """The last day of what was asked for; one that is over is refused."""
    today = now.astimezone(ZoneInfo(zone)).date()
    if asked.until is not None and asked.until <= today:
        raise UserError("That day is over: please choose a later one.")
    return today + timedelta(days=asked.days) if asked.days else asked.until


def _same(one: Plan, other: Plan) -> bool:
    """But for the zone and the end: who asks for the same again has moved, or wants it longer."""
    there = replace(other.schedule, zone=one.schedule.zone)
    return one == replace(other, schedule=there, until=one.until)


def _found(conn: Connection, subscription_id: int) -> Subscription:
    found = rows.find(conn, subscription_id)
    if found is None:
        raise UserError(GONE)
    return found
