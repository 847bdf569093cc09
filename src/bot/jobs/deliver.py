"""Digests on their way: what is due is posted, what is posted is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.tg.courier import Courier


async def send(courier: Courier, now: datetime) -> None:
    """Until the outbox is empty; what is due at this tick goes out with it.

    That may take an hour, in which another job goes on claiming.
    """
    await courier.claim(now)
    await courier.run()
