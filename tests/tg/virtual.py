"""An event loop whose clock jumps to the next timer: hours of waiting in no time."""

from __future__ import annotations

import asyncio
import selectors
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")

# Time never stands still, as it does not for a real loop.
STEP = 1e-7


class _Jump(selectors.SelectSelector):
    """Where a real loop would wait for a timer, the clock is moved on instead."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0 if timeout is not None else None)
        self.passed += STEP if ready else max(timeout or 0, STEP)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """`time()` is what has passed on the virtual clock."""

    def __init__(self) -> None:
        self._jump = _Jump()
        super().__init__(self._jump)

    def time(self) -> float:
        return self._jump.passed


async def passed(seconds: float) -> None:
    """Let so much time of the virtual clock go by."""
    assert isinstance(asyncio.get_running_loop(), VirtualLoop)
    await asyncio.sleep(seconds)


def virtually(main: Coroutine[Any, Any, T]) -> T:
    """Run to the end on a clock of its own."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)
