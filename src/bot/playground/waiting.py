"""Waiting for something to become true, with a complaint one can read when it does not."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bot.playground.world import World

T = TypeVar("T")
# Long enough for a busy machine: only what never comes is waited for so long.
PATIENCE = 120.0


async def until(world: World, look: Callable[[], T | None], what: str, patience: float) -> T:
    """The first truthy thing `look` returns; AssertionError when `patience` seconds are over."""
    try:
        async with asyncio.timeout(patience):
            while not (found := look()):
                await world.changed()
            return found
    except TimeoutError:
        raise AssertionError(f"Waited {patience:g} s for {what}.{_lately(world)}") from None


def _lately(world: World) -> str:
    lines = []
    for call in [call for call in world.calls if call.method != "getUpdates"][-5:]:
        text = str(call.params.get("text", call.params.get("caption", "")))[:200]
        lines.append(f"  {call.method} {call.status} {call.description} {text!r}")
    waiting = f"\n{len(world.updates.pending)} updates are not confirmed."
    return "\nThe bot's last calls:\n" + ("\n".join(lines) or "  none") + waiting
