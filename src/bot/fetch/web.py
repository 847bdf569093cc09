"""GET, and all that has to hold before, while and after it."""

from __future__ import annotations

import asyncio
import socket
import string
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

import aiohttp

from bot.config import MAX_HEADER_BYTES, MAX_PAGE_BYTES
from bot.errors import WebError
from bot.fetch import addresses, body, coding, failures, headers, names
from bot.fetch.limits import Limits
from bot.fetch.pace import Pace
from bot.models.fetched import Fetched

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from yarl import URL

    from bot.fetch.names import Lookup

_PERMANENT = (301, 308)
_REDIRECTS = (*_PERMANENT, 302, 303, 307)
_PAGES = (200, 203)
_UNCHANGED = 304
_KEEP_ALIVE_SECONDS = 10.0


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a request says beside its address, and how many bytes it takes home."""

    etag: str | None
    last_modified: str | None
    most: int

    @property
    def conditions(self) -> dict[str, str]:
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class _Onward:
    """A redirect."""

    url: URL
    permanent: bool


class Web:
    """Fetches pages of the public web under limits; one per bot, an async context manager.

    No cookies, no proxies of the environment, no passwords. From https a redirect may lead to
    http: nothing secret is ever sent, and whoever gave the address could have given that one.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        newsroom: Collection[str] = (),
        contact: str | None = None,
        proxy: str | None = None,
        resolver: Lookup | None = None,
        limits: Limits | None = None,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        """`allow_private` opens any address and port, and `newsroom` only these, which are the
        playground's own and need no proxy; `contact` stands in the User-Agent.

        With a `proxy` it is the proxy that connects; names that we know to be private are
        refused all the same. `now` reads dates of servers that don't tell their own.
        """
        self._allow_private, self._newsroom = allow_private, frozenset(newsroom)
        self._agent = _agent(contact)
        self._proxy = proxy
        self._names = names.Resolver(resolver or names.system, allow_private=allow_private)
        self._limits = limits or Limits()
        self._now = now
        self._pace = Pace(self._limits)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                # A proxy stands where the host put it; everything else is looked at.
                resolver=None if self._proxy else self._names,
                use_dns_cache=False,
                limit=0,
                keepalive_timeout=_KEEP_ALIVE_SECONDS,
            ),
            headers={
                "User-Agent": self._agent,
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "Accept-Encoding": coding.ACCEPTED,
            },
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            max_line_size=MAX_HEADER_BYTES,
            max_field_size=MAX_HEADER_BYTES,
            timeout=aiohttp.ClientTimeout(
                total=None, connect=self._limits.connect, sock_read=self._limits.idle
            ),
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        most: int = MAX_PAGE_BYTES,
    ) -> Fetched:
        """The page, of `most` bytes once unpacked; a WebError says why it can't be had.

        With `etag` or `last_modified` an unchanged page is a status of 304 without a body.
        """
        wanted = _Wanted(etag, last_modified, most)
        here = addresses.parsed(url)
        seen: list[URL] = []
        moved: URL | None = None
        lasting, left = True, self._limits.total
        while True:
            if here in seen:
                raise WebError("{host} sends us round in a circle.", host=here.raw_host)
            if len(seen) > self._limits.redirects:
                raise WebError("{host} sends us from one address to the next.", host=here.raw_host)
            answer, left = await self._in_turn(here, seen, wanted, left)
            if isinstance(answer, Fetched):
                return replace(answer, moved=str(moved) if moved else None)
            seen.append(here)
            here, lasting = answer.url, lasting and answer.permanent
            moved = here if lasting else moved

    async def _in_turn(
        self, url: URL, seen: list[URL], wanted: _Wanted, left: float
    ) -> tuple[Fetched | _Onward, float]:
        """Ask one server when it is its turn; what is left of the time besides."""
        addresses.check(url, allow_private=self._allow_private or str(url) in self._newsroom)
        server = _server(url)
        again = bool(seen) and _server(seen[-1]) == server
        loop = asyncio.get_running_loop()
        async with self._pace.turn(server, gap=0 if again or _ours(url) else self._limits.gap):
            started = loop.time()
            try:
                answer = await self._asked(url, wanted, left)
            except WebError as error:
                if error.retry_after is not None:
                    self._pace.hold(server, error.retry_after)
                raise
            return answer, left - (loop.time() - started)

    async def _asked(self, url: URL, wanted: _Wanted, seconds: float) -> Fetched | _Onward:
        if self._session is None:
            raise RuntimeError("The web door is not open.")
        host = url.raw_host or ""
        proxy = None if str(url) in self._newsroom else self._proxy
        try:
            async with asyncio.timeout(seconds):
                await self._before_proxy(host)
                async with self._session.get(
                    url, headers=wanted.conditions, allow_redirects=False, proxy=proxy
                ) as response:
                    return await self._answer(url, response, wanted)
        except failures.EXPECTED as error:
            raise failures.told(error, host, secure=url.scheme == "https") from None

    async def _before_proxy(self, host: str) -> None:
        """A proxy looks names up by itself, and may know some that we don't."""
        if self._proxy and addresses.literal(host) is None:
            with suppress(socket.gaierror, TimeoutError):
                async with asyncio.timeout(self._limits.connect):
                    await self._names.vet(host)

    async def _answer(
        self, url: URL, response: aiohttp.ClientResponse, wanted: _Wanted
    ) -> Fetched | _Onward:
        host = url.raw_host or ""
        if response.status in _REDIRECTS and "Location" in response.headers:
            onward = addresses.joined(url, response.headers["Location"])
            return _Onward(onward, response.status in _PERMANENT)
        if response.status == _UNCHANGED and wanted.conditions:
            known = self._fetched(url, response, b"")
            return replace(
                known,
                etag=known.etag or wanted.etag,
                last_modified=known.last_modified or wanted.last_modified,
            )
        if response.status not in _PAGES:
            raise failures.refusal(response, host, self._now())
        return self._fetched(url, response, await body.read(response, host, wanted.most))

    def _fetched(self, url: URL, response: aiohttp.ClientResponse, content: bytes) -> Fetched:
        told = response.headers
        return Fetched(
            url=str(url),
            moved=None,
            status=_UNCHANGED if response.status == _UNCHANGED else _PAGES[0],
            body=content,
            content_type=headers.content_type(told),
            charset=headers.charset(told),
            etag=headers.validator(told, "ETag"),
            last_modified=headers.validator(told, "Last-Modified"),
            fresh_for=headers.fresh_for(told, self._now()),
        )


def _agent(contact: str | None) -> str:
    """Headers are ASCII on one line, a contact need not be."""
    name = f"Quipwire/{metadata.version('quipwire')}"
    return f"{name} (+{quote(contact, safe=string.punctuation + ' ')})" if contact else name


def _server(url: URL) -> str:
    """Whom we are polite to: both of the web's ports are one server's."""
    host = url.raw_host or ""
    return host if url.port in addresses.PORTS else f"{host}:{url.port}"


def _ours(url: URL) -> bool:
    """A server on this machine or in its network, which nobody has to be polite to."""
    host = url.raw_host or ""
    address = addresses.literal(host)
    return host == "localhost" if address is None else not addresses.public(address)
