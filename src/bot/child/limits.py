"""What a worker may take, and that it dies with the bot; called inside such a process only."""

from __future__ import annotations

import os
import resource
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PR_SET_PDEATHSIG = 1
# What ends a process that has used up its seconds.
OUT_OF_TIME = signal.SIGPROF


def die_with(parent: int) -> None:
    """Have the kernel kill this process when its parent dies (Linux; elsewhere a pipe's end)."""
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 - Linux only

    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def cap_memory(budget: int) -> None:
    """Let this process take `budget` bytes of address space more than it has now, or what is left
    of a limit set outside (`ulimit -v`), which nobody may raise.
    """
    if sys.platform == "linux":
        taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        _, outer = resource.getrlimit(resource.RLIMIT_AS)
        most = taken + budget if outer == resource.RLIM_INFINITY else min(taken + budget, outer)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def seconds_of_processor(seconds: float) -> Iterator[None]:
    """Have the kernel kill this process if it computes for longer in this block, whatever it is at.
    Seconds of the clock would be too few for an innocent task that others keep from the processor.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
