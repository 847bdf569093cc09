"""The bot is killed in the middle of a fan-out: nobody misses a digest, few get one twice."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from bot.tg.window import MOST
from tests.e2e.kills import killed_fan_out

if TYPE_CHECKING:
    from pathlib import Path

CHATS, KILLS = 200, 3


async def test_kills_in_mid_fan_out_lose_no_digest_and_double_no_more_than_was_on_its_way(
    tmp_path: Path,
) -> None:
    outcome = await killed_fan_out(tmp_path, CHATS, KILLS, random.Random(6), per_second=300)
    assert outcome.lost == 0
    assert outcome.kills >= 2
    assert outcome.doubled <= outcome.kills * MOST
