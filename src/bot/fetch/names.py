"""Names become addresses, and each address is looked at before anything connects to it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from ipaddress import IPv4Address, ip_address
from threading import Thread
from typing import TYPE_CHECKING

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.errors import WebError
from bot.fetch import addresses

if TYPE_CHECKING:
    from bot.fetch.addresses import Address

# A name's addresses; a socket.gaierror if it has none.
Lookup = Callable[[str], Awaitable[Sequence[str]]]

MOST_ADDRESSES = 16
_NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class Resolver(AbstractResolver):
    """Gives aiohttp the addresses that it may connect to, and no others."""

    def __init__(self, lookup: Lookup, *, allow_private: bool) -> None:
        self._lookup = lookup
        self._allow_private = allow_private

    async def vet(self, host: str) -> list[Address]:
        """All that a name stands for; a WebError unless every one may be opened.

        A socket.gaierror if it can't be looked up.
        """
        found = [ip_address(address) for address in await self._lookup(host)]
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "a name without addresses")
        if not self._allow_private and not all(map(addresses.public, found)):
            raise addresses.private(host)
        return found[:MOST_ADDRESSES]

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """See `AbstractResolver`; numbers never come here, `addresses.check` saw them."""
        del family
        try:
            return [_result(host, port, address) for address in await self.vet(host)]
        except socket.gaierror as error:
            raise _unknown(host, error) from None

    async def close(self) -> None:
        """Nothing is kept."""


async def system(host: str) -> Sequence[str]:
    """What the system says.

    A look-up may hang for half a minute. In a thread of its own it keeps neither Telegram's
    look-ups waiting, as it would in the loop's few threads, nor the program from ending.
    """
    loop = asyncio.get_running_loop()
    found: asyncio.Future[Sequence[str]] = loop.create_future()

    def settle(answer: Sequence[str] | OSError) -> None:
        if found.done():
            return
        if isinstance(answer, OSError):
            found.set_exception(answer)
        else:
            found.set_result(answer)

    def work() -> None:
        answer = _asked(host)
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, answer)

    Thread(target=work, name="lookup", daemon=True).start()
    return await found


def _asked(host: str) -> Sequence[str] | OSError:
    kind, flags = socket.SOCK_STREAM, socket.AI_ADDRCONFIG
    try:
        found = socket.getaddrinfo(host.encode("ascii"), None, type=kind, flags=flags)
    except OSError as error:
        return error
    return [str(info[4][0]) for info in found]


def _result(host: str, port: int, address: Address) -> ResolveResult:
    family = socket.AF_INET if isinstance(address, IPv4Address) else socket.AF_INET6
    return ResolveResult(
        hostname=host, host=str(address), port=port, family=family, proto=0,
        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    )  # fmt: skip


def _unknown(host: str, error: socket.gaierror) -> WebError:
    if error.errno in _NO_SUCH_NAME:
        return WebError("There is no server called {host}.", host=host)
    return WebError("The name {host} can't be looked up at the moment.", host=host)
