"""Who may ask when: few requests at once, a pause between two to one host, rest if it asks."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.errors import WebError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.fetch.limits import Limits

# Hosts that may be forgotten are looked for when so many more are known.
_SWEEP = 1_000


class _Host:
    def __init__(self, at_once: int) -> None:
        self.places = asyncio.Semaphore(at_once)
        self.users = 0
        self.next_at = 0.0
        self.held_until = 0.0

    def idle(self, now: float) -> bool:
        return not self.users and max(self.next_at, self.held_until) <= now


class Pace:
    """Times are the event loop's; all of it is forgotten with the process."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._places = asyncio.Semaphore(limits.at_once)
        self._hosts: dict[str, _Host] = {}
        self._sweep_at = _SWEEP

    @asynccontextmanager
    async def turn(self, name: str, *, gap: float) -> AsyncIterator[None]:
        """Wait until a request to this host is due; a WebError if it wants to rest.

        Without a `gap` it is due at once, but for the places.
        """
        host = self._host(name)
        host.users += 1
        try:
            await self._wait(name, host, gap)
            async with host.places, self._places:
                _refuse_if_held(name, host)
                yield
        finally:
            host.users -= 1

    def hold(self, name: str, seconds: float) -> None:
        """Leave this host alone for so long."""
        host = self._host(name)
        host.held_until = max(host.held_until, _now() + seconds)

    async def _wait(self, name: str, host: _Host, gap: float) -> None:
        """Requests to a host start one gap after the other, in the order they came."""
        _refuse_if_held(name, host)
        if not gap:
            return
        now = _now()
        at = max(now, host.next_at)
        if at - now > self._limits.wait:
            raise WebError(
                "Too many pages of {host} are being read; please try again in some minutes.",
                host=name, retry_after=at - now,
            )  # fmt: skip
        host.next_at = at + gap
        if at > now:
            await asyncio.sleep(at - now)

    def _host(self, name: str) -> _Host:
        if name not in self._hosts:
            self._forget()
            self._hosts[name] = _Host(self._limits.host_at_once)
        return self._hosts[name]

    def _forget(self) -> None:
        if len(self._hosts) < self._sweep_at:
            return
        now = _now()
        self._hosts = {name: host for name, host in self._hosts.items() if not host.idle(now)}
        self._sweep_at = len(self._hosts) + _SWEEP


def _refuse_if_held(name: str, host: _Host) -> None:
    rest = host.held_until - _now()
    if rest > 0:
        raise WebError("{host} wants to be left alone for a while.", host=name, retry_after=rest)


def _now() -> float:
    return asyncio.get_running_loop().time()
