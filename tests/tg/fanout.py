"""A courier over a playground, a clock that the test turns, and people who have subscribed."""

from __future__ import annotations

from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, cast

from bot.models.chats import Chat
from bot.models.messages import Message
from bot.models.subscriptions import EVERY_DAY, Plan, Schedule
from bot.store import chats, outbox, subscriptions
from bot.tg.connect import build, pulse_of
from bot.tg.courier import Courier
from tests.tg.house import settings_for

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.models.deliveries import Delivery
    from bot.playground import Person, Playground
    from bot.services.outbox import Compose
    from bot.store.database import Connection, Database

YESTERDAY = datetime(2024, 5, 1, 12, tzinfo=UTC)
DUE = datetime(2024, 5, 2, 8, tzinfo=UTC)
PLAN = Plan(("jokes",), (), Schedule((time(8),), EVERY_DAY, "UTC"))


class Clock:
    """Stands still until it is turned."""

    def __init__(self, moment: datetime = DUE) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def turn(self, **passed: float) -> None:
        self.moment += timedelta(**passed)


class Briefs:
    """What a digest says here: whose it is and of which day."""

    async def composer(self, taken: Sequence[Delivery], now: datetime) -> Compose:
        def compose(conn: Connection, delivery: Delivery, now: datetime) -> Message:
            late = " (late)" if delivery.digest and delivery.digest.late else ""
            return Message.of(f"{delivery.chat_id} {delivery.day}{late}")

        return compose


@dataclass
class FanOut:
    """A courier and what it works on."""

    telegram: Playground
    db: Database
    courier: Courier
    clock: Clock

    async def tick(self) -> None:
        """What the clock's jobs do, one after the other."""
        await self.courier.claim(self.clock())
        await self.courier.run()

    async def tick_until_settled(self, most: int = 60) -> None:
        """Tick on, a minute each, until nothing waits any more."""
        for _ in range(most):
            await self.tick()
            if not {"waiting", "taken", "sending"} & set(await self.states()):
                return
            self.clock.turn(minutes=1)
        raise AssertionError(f"still {await self.states()}")

    async def states(self) -> dict[str, int]:
        return await self.db.read(outbox.counts)

    def heard(self) -> Counter[str]:
        """Every text of the bot that stands in a chat, and how often."""
        return Counter(
            message["text"]
            for chat in self.telegram.world.chats.values()
            for message in chat.messages.values()
            if message.get("from", {}).get("is_bot") and "text" in message
        )

    def heard_in_the_end(self) -> Counter[str]:
        """The same of digests, whether they say that they are late or not."""
        return Counter(text.removesuffix(" (late)") for text in self.heard().elements())


@asynccontextmanager
async def fan_out(telegram: Playground, db: Database, **changes: object) -> AsyncIterator[FanOut]:
    """The courier, until the block ends; its clock stands at the time the digests are due."""
    settings = settings_for(telegram, **changes)
    application = build(settings)
    await application.initialize()
    clock, pulse = Clock(), pulse_of(application)
    composer = cast("Any", Briefs()).composer
    courier = Courier(
        application.bot, db, composer, pulse, clock, per_second=10_000, paid=settings.paid_broadcast
    )
    yield FanOut(telegram, db, courier, clock)
    await application.shutdown()


async def subscribed(telegram: Playground, db: Database, number: int) -> list[Person]:
    """So many people who want a digest at eight."""
    people = [telegram.person(f"P{each}") for each in range(number)]
    for person in people:
        await person.send("/start")
    await db.write(subscribe, [person.id for person in people])
    return people


def subscribe(conn: Connection, ids: Sequence[int], topic_id: int | None = None) -> None:
    """Chats that want a digest at eight."""
    for number in ids:
        kind = "private" if number > 0 else "group"
        chats.remember(conn, Chat(number, kind, "", "en"), None, YESTERDAY)
        subscriptions.add(conn, number, topic_id, PLAN, None, YESTERDAY)


def texts(people: Sequence[Person], day: str = "2024-05-02") -> Counter[str]:
    """One digest for each of them."""
    return Counter(f"{person.id} {day}" for person in people)
