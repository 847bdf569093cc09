"""A bot with a webhook looks after what the outage of a minute left behind, too."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from itertools import pairwise
from types import SimpleNamespace
from typing import Any, cast

from bot.tg import webhook
from bot.tg.inbox import AGAIN_AFTER, Raw
from tests.tg.virtual import passed, virtually

URL = "https://bot.example/hook"


class Telegram:
    """Knows the webhook, and notes when what failed is tried again."""

    def __init__(self) -> None:
        self.tries: list[float] = []

    async def set_webhook(self, *_: object, **__: object) -> None: ...

    async def get_webhook_info(self) -> object:
        return SimpleNamespace(url=URL, last_error_date=None)

    async def again(self) -> None:
        self.tries.append(asyncio.get_running_loop().time())


def test_what_failed_in_an_outage_is_tried_again_as_soon_as_it_may_be() -> None:
    async def main() -> list[float]:
        telegram = Telegram()
        both = cast("Any", telegram)
        keeping = asyncio.create_task(webhook.keep(both, both, URL, "secret"))
        await passed(60)
        keeping.cancel()
        return telegram.tries

    tries = virtually(main())
    soon = AGAIN_AFTER[0].total_seconds() + 1
    assert all(later - earlier < soon for earlier, later in pairwise([*tries, 60]))


async def test_what_telegram_brings_again_and_again_is_taken_once_when_it_can_be_kept() -> None:
    taken: list[list[Raw]] = []

    async def accept(batch: list[Raw]) -> None:
        taken.append(batch)
        if len(taken) < 3:
            raise OSError

    arrivals = webhook.Arrivals(cast("Any", SimpleNamespace(accept=accept)))
    for _ in range(3):
        with suppress(OSError):
            await arrivals.put({"update_id": 5})
    assert taken[-1] == [{"update_id": 5}]


async def test_none_is_said_to_be_kept_that_came_with_one_that_could_not_be() -> None:
    kept: list[int] = []
    faults = iter((False, True, False))

    async def accept(batch: list[Raw]) -> None:
        await asyncio.sleep(0)
        if next(faults):
            raise OSError
        kept.extend(raw["update_id"] for raw in batch)

    arrivals = webhook.Arrivals(cast("Any", SimpleNamespace(accept=accept)))
    put = [arrivals.put({"update_id": number}) for number in (1, 2, 3)]
    answers = await asyncio.gather(*put, return_exceptions=True)
    assert [isinstance(answer, OSError) for answer in answers] == [False, True, False]
    assert kept == [1, 2, 3]
