"""Sends what stands in the outbox: many at once, behind all replies, and marks how each went."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from telegram.error import ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.models.deliveries import Settled
from bot.services import outbox
from bot.tg.refusals import CHAT_GONE, DELETED, PLACE_GONE, SOURCE_GONE, says
from bot.tg.retry import Fate, asked_seconds, fate, pause
from bot.tg.sender import deliver, pieces, rest
from bot.tg.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from telegram.ext import ExtBot

    from bot.models.deliveries import Delivery
    from bot.models.messages import Outgoing
    from bot.services.outbox import Composer
    from bot.store.database import Database
    from bot.tg.pulse import Pulse

log = logging.getLogger(__name__)

STOP_SECONDS = 2.0
# Much shorter than the lease.
RENEW_SECONDS = 30.0
# Each time that nobody knows of a digest whether it arrived, it is sent again, a while later. Sent
# again once, 129 of 1,500 were lost where 30 % of all connections broke before Telegram took the
# message; three times lost 7, five times none. Where they broke after that, these doubled 445, 613
# and 621: what goes beyond once saves more than it doubles. An outage uses up none of these tries,
# for after one a harmless question goes first.
UNKNOWN_PAUSES = (5, 10, 30, 120, 600)


class Courier:
    """One for a bot; `run` ends when nothing is left to be sent now."""

    def __init__(
        self,
        bot: ExtBot[bool],
        db: Database,
        composer: Composer,
        pulse: Pulse,
        now: Callable[[], datetime],
        *,
        per_second: float,
        paid: bool = False,
    ) -> None:
        self._bot, self._db, self._composer, self._now = bot, db, composer, now
        self._paid = paid
        self._pulse, self._window = pulse, Window(per_second)
        self._under_way: dict[asyncio.Task[Settled | None], Delivery] = {}
        self._renewed = 0.0
        self._doubted = False

    async def claim(self, now: datetime) -> None:
        """Post what is due, unless Telegram says that our clock is wrong."""
        if not self._pulse.agrees:
            with suppress(TelegramError):
                await self._bot.get_me()  # what it said of the time may be long ago
        if self._pulse.agrees:
            self._doubted = False
            await outbox.claim_due(self._db, now)
        elif not self._doubted:
            self._doubted = True
            log.warning(
                "This machine's clock is %d s away from Telegram's: no digest is sent before it "
                "is right.", self._pulse.skew.total_seconds(),
            )  # fmt: skip

    async def run(self) -> None:
        """Send until the outbox is empty or Telegram is out of reach. Stopped, what is under way
        gets a moment to end.
        """
        await outbox.rescue(self._db, self._now(), all_of_it=False)
        if not await self._in_reach():
            return
        try:
            while await self._fill() or self._under_way:
                await self._wait(RENEW_SECONDS)
        finally:
            if self._under_way:
                await self._wait(STOP_SECONDS, asyncio.ALL_COMPLETED)
            for task in self._under_way:
                task.cancel()
            self._under_way.clear()

    async def _in_reach(self) -> bool:
        """After an outage a question that harms nobody tries first, not a message of which nobody
        would know whether it arrived.
        """
        if self._window.closed:
            try:
                await self._bot.get_me()
            except TelegramError:
                return False
            self._window.reopen()
        return True

    async def _fill(self) -> int:
        """Take some more where there is room for half a window; how many."""
        window = self._window.size(self._pulse.seconds)
        room = window - len(self._under_way)
        if room <= 0 or room * 2 < window:
            return 0
        now = self._now()
        taken = await outbox.take(self._db, now, room)
        if not taken:
            return 0
        for delivery, message in await outbox.begin(self._db, taken, self._composer, now):
            task = asyncio.create_task(self._send(delivery, message))
            self._under_way[task] = delivery
        return len(taken)

    async def _wait(self, seconds: float, until: str = asyncio.FIRST_COMPLETED) -> None:
        """Until something was sent; then all that was is settled at once."""
        if not self._under_way:
            return
        done, _ = await asyncio.wait(self._under_way, timeout=seconds, return_when=until)
        outcomes = [outcome for task in done if (outcome := task.result()) is not None]
        for task in done:
            del self._under_way[task]
        await outbox.settle(self._db, outcomes, self._now())
        await self._renew(asyncio.get_running_loop().time())

    async def _renew(self, moment: float) -> None:
        """A message may wait long for its chat's limit while others come and go."""
        if moment - self._renewed >= RENEW_SECONDS:
            self._renewed = moment
            ids = [each.id for each in self._under_way.values()]
            await outbox.renew(self._db, ids, self._now())

    async def _send(self, delivery: Delivery, message: Outgoing) -> Settled | None:
        """How it went; None where it is written down already. What is sent of a message in several
        parts is not sent again.
        """
        left, sent = pieces(message), None
        many = len(left)
        try:
            while left:
                sent = await deliver(
                    self._bot, delivery.chat_id, left[0], topic=delivery.topic_id, paid=self._paid
                )
                left.pop(0)
        except ChatMigrated as moved:
            await outbox.move_chat(self._db, delivery, moved.new_chat_id, self._now())
            return None
        except Forbidden as error:
            await outbox.pause_chat(self._db, delivery, error.message, self._now())
            return None
        except TelegramError as error:
            failed = await self._failed(delivery, error)
        except Exception:
            log.exception("A message could not be sent.")
            failed = _ambiguous(delivery, self._now())
        else:
            self._window.grow()
            return Settled(delivery.id, "done", message_id=sent)
        if failed is None or len(left) == many:
            return failed
        return replace(failed, left=outbox.packed(rest(left)))

    async def _failed(self, delivery: Delivery, error: TelegramError) -> Settled | None:
        now, kind = self._now(), fate(error)
        if isinstance(error, RetryAfter):
            return _again(delivery, now + timedelta(seconds=asked_seconds(error)))
        if kind is Fate.REFUSED:
            return await self._refused(delivery, error, now)
        self._window.shrink()
        if kind is Fate.UNKNOWN:
            return _ambiguous(delivery, now)
        return _again(delivery, now + timedelta(seconds=pause(delivery.attempts + 1)))

    async def _refused(
        self, delivery: Delivery, error: TelegramError, now: datetime
    ) -> Settled | None:
        """Final: for the chat, a place in it, all of an announcement, or this message only."""
        if says(error, DELETED):
            return Settled(delivery.id, "done")
        if says(error, CHAT_GONE):
            await outbox.pause_chat(self._db, delivery, error.message, now)
        elif says(error, PLACE_GONE):
            await outbox.leave_place(self._db, delivery, error.message, now)
        elif says(error, SOURCE_GONE):
            await outbox.drop_alike(self._db, delivery, error.message, now)
        else:
            log.warning("Telegram refused a message: %s", error.message)
            return Settled(delivery.id, "dead", error=error.message)
        return None


def _again(delivery: Delivery, at: datetime) -> Settled:
    return Settled(delivery.id, "waiting", again_at=at, unknowns=delivery.unknowns)


def _ambiguous(delivery: Delivery, now: datetime) -> Settled:
    """Nobody knows whether it arrived: a digest is rather doubled than missed, of an announcement
    a person decides.
    """
    unknowns = delivery.unknowns + 1
    if delivery.kind != "broadcast" and unknowns <= len(UNKNOWN_PAUSES):
        again = now + timedelta(seconds=UNKNOWN_PAUSES[unknowns - 1])
        return Settled(delivery.id, "waiting", again_at=again, unknowns=unknowns)
    return Settled(delivery.id, "parked", unknowns=unknowns, error="nobody knows if it arrived")
