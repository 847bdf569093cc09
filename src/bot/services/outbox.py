"""The outbox: what is due is posted, composed in the transaction that marks it as being sent, and
settled by what Telegram answered.
"""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.models.deliveries import Outlook, Settled
from bot.models.messages import Button, Copy, Message, Removal
from bot.store import chats, claims, interests, subscriptions
from bot.store import outbox as rows

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from bot.models.deliveries import Delivery
    from bot.models.messages import Outgoing
    from bot.store.database import Connection, Database

    # Writes what a delivery says, and that its chat was told; None if there is nothing to say. What
    # is written already it may have to write again, if it comes late.
    Compose = Callable[[Connection, Delivery, datetime], Outgoing | None]
    # Looks up what messages are to hold, and gives what writes them.
    Composer = Callable[[Sequence[Delivery], datetime], Awaitable[Compose]]

log = logging.getLogger(__name__)

CLAIMED = 500
# So much of the ceiling a long fan-out really uses.
USED = 0.95
# Longer than a request may take; renewed while a message waits for its turn.
LEASE = timedelta(minutes=2)
# Long enough to mend what is broken; what can't be composed for so long is given up.
COMPOSED_AGAIN, GIVEN_UP = timedelta(minutes=10), timedelta(days=1)


async def claim_due(db: Database, now: datetime) -> int:
    """Post the messages of all subscriptions whose time has come; how many there were."""
    claimed = 0
    while some := await db.write(claims.claim, now, CLAIMED):
        claimed += some
    return claimed


async def rescue(db: Database, now: datetime, *, all_of_it: bool) -> int:
    """Free what a dead process was sending: all of it, or what its lease gives free."""
    return await db.write(rows.rescue, None if all_of_it else now, now)


async def take(db: Database, now: datetime, most: int) -> list[Delivery]:
    """Messages to be sent now, which nobody else gets until their lease is over."""
    return await db.write(rows.take, now, now + LEASE, most)


async def begin(
    db: Database, taken: Sequence[Delivery], composer: Composer, now: datetime
) -> list[tuple[Delivery, Outgoing]]:
    """Compose messages and mark them as being sent, in one transaction.

    So a chat counts as told of what the message holds exactly if the message is kept. One that
    can't be composed harms no other.
    """
    try:
        return await db.write(_begin, taken, await composer(taken, now), now)
    except Exception:
        if len(taken) == 1:
            log.exception("A message could not be composed.")
            await settle(db, [_not_composed(taken[0], now)], now)
            return []
    return [pair for one in taken for pair in await begin(db, [one], composer, now)]


async def settle(db: Database, outcomes: Sequence[Settled], now: datetime) -> None:
    """Write down how messages went."""
    if outcomes:
        await db.write(rows.settle, outcomes, now)


async def renew(db: Database, ids: Sequence[int], now: datetime) -> None:
    """These are still waiting for their turn."""
    if ids:
        await db.write(rows.renew, ids, now + LEASE)


async def outlook(db: Database, now: datetime, per_second: float) -> Outlook:
    """How far behind the bot is, and how long it takes to send all at the ceiling."""

    def work(conn: Connection) -> Outlook:
        counts = rows.counts(conn)
        open_ = subscriptions.due(conn, now) + sum(counts.get(each, 0) for each in rows.UNDER_WAY)
        since = rows.oldest(conn) or now
        return Outlook(
            open_, max(now - since, timedelta()), timedelta(seconds=open_ / per_second / USED),
            counts.get("parked", 0), rows.missed(conn),
        )  # fmt: skip

    return await db.read(work)


async def pause_chat(db: Database, delivery: Delivery, why: str, now: datetime) -> None:
    """The chat can't be written to: all of it is kept, and nothing sent until it comes back."""

    def work(conn: Connection) -> None:
        rows.settle(conn, [Settled(delivery.id, "dead", error=why)], now)
        chats.pause(conn, delivery.chat_id, now)
        rows.drop_chat(conn, delivery.chat_id, why, now)

    await db.write(work)


async def drop_alike(db: Database, delivery: Delivery, why: str, now: datetime) -> None:
    """The message that is announced was deleted before all had got it."""

    def work(conn: Connection) -> None:
        rows.settle(conn, [Settled(delivery.id, "dead", error=why)], now)
        rows.drop_alike(conn, delivery.payload or "", why, now)

    await db.write(work)


async def leave_place(db: Database, delivery: Delivery, why: str, now: datetime) -> None:
    """The place in the chat is gone, such as a topic of a forum: a digest that goes there is
    paused; what somebody there follows comes to the chat at large.
    """

    def work(conn: Connection) -> None:
        follows = delivery.digest is None and delivery.topic_id is not None
        if follows:
            interests.leave_topic(conn, delivery.chat_id, delivery.topic_id)
            rows.leave_topic(conn, delivery.id)
        again = Settled(delivery.id, "waiting", again_at=now)
        rows.settle(conn, [again if follows else Settled(delivery.id, "dead", error=why)], now)
        if delivery.digest is not None:
            subscriptions.pause(conn, delivery.digest.subscription_id, now)

    await db.write(work)


async def return_to_place(db: Database, chat_id: int, topic_id: int | None, now: datetime) -> None:
    """The place takes messages again, such as a topic that was closed: the digests that this had
    paused go on.
    """

    def work(conn: Connection) -> None:
        for each in subscriptions.refused_in(conn, chat_id, topic_id):
            subscriptions.resume(conn, each, now)

    await db.write(work)


async def move_chat(db: Database, delivery: Delivery, new_id: int, now: datetime) -> None:
    """The group became a supergroup: all it has moves there, this message included."""

    def work(conn: Connection) -> None:
        chats.migrate_chat(conn, delivery.chat_id, new_id)
        rows.settle(conn, [Settled(delivery.id, "waiting", again_at=now)], now)

    await db.write(work)


def packed(message: Outgoing) -> str:
    """A message as its row keeps it."""
    if isinstance(message, Copy):
        return json.dumps({"copy": [message.chat_id, message.message_id]})
    if isinstance(message, Removal):
        return json.dumps({"remove": message.message_id})
    keyboard = [[[each.label, each.action, each.url, each.share] for each in row]
                for row in message.keyboard]  # fmt: skip
    return json.dumps([str(message.html), keyboard], ensure_ascii=False)


def unpacked(payload: str) -> Outgoing:
    """What `packed` packed."""
    match json.loads(payload):
        case {"copy": [chat_id, message_id]}:
            return Copy(chat_id, message_id)
        case {"remove": message_id}:
            return Removal(message_id)
        case html, keyboard:
            rows_ = tuple(tuple(Button(*each) for each in row) for row in keyboard)
            return Message(Markup(html), rows_)  # noqa: S704 - it was escaped before it was kept
    raise ValueError("this is no message")


def _begin(
    conn: Connection, taken: Sequence[Delivery], compose: Compose, now: datetime
) -> list[tuple[Delivery, Outgoing]]:
    ready: list[tuple[Delivery, Outgoing]] = []
    for delivery in taken:
        late = delivery.digest is not None and delivery.digest.late
        if delivery.payload is not None and not late:
            ready.append((delivery, unpacked(delivery.payload)))
        elif delivery.message_id is not None:
            ready.append((delivery, Removal(delivery.message_id)))
        elif message := compose(conn, delivery, now):
            ready.append((delivery, message))
        else:
            rows.settle(conn, [Settled(delivery.id, "done", error="nothing to tell")], now)
    rows.begin(conn, {each.id: packed(message) for each, message in ready}, now + LEASE)
    return ready


def _not_composed(delivery: Delivery, now: datetime) -> Settled:
    if now - delivery.due_at > GIVEN_UP:
        return Settled(delivery.id, "dead", error="it could not be composed")
    return Settled(delivery.id, "waiting", again_at=now + COMPOSED_AGAIN)
