"""What a worker may take, and that it dies with the bot; called inside such a process only."""

from __future__ import annotations

import os
import resource
import signal
import sys
from pathlib import Path

_PR_SET_PDEATHSIG = 1


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
