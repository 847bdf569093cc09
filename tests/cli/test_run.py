"""The loop that everything runs in."""

from __future__ import annotations

import gc
import sys

from bot.cli.run import run_loop


def test_a_garbage_collection_leaves_out_what_stays_for_good() -> None:
    left_out = []

    async def work() -> None:
        left_out.append(gc.get_freeze_count())

    interval = sys.getswitchinterval()
    try:
        run_loop(work())
    finally:
        gc.unfreeze()
        sys.setswitchinterval(interval)
    assert left_out[0] > 10_000
