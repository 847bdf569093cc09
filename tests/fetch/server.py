"""A web server on loopback that does what a script says, however wrong."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Awaitable, Callable

    Act = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]


@dataclass
class Server:
    """`pages` says what each path does; whatever it does not name is 404."""

    pages: dict[str, Act] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    port: int = 0
    at_once: int = 0
    most_at_once: int = 0

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while not writer.is_closing():
                await self._one(reader, writer)
        writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        method, path, _ = head[0].split(" ")
        lines = (line.partition(": ") for line in head[1:] if line)
        self.asked.append(Asked(method, path, {name.lower(): value for name, _, value in lines}))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.pages.get(path, answers(404))(writer)
        finally:
            self.at_once -= 1


@asynccontextmanager
async def serving(tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    """A server until the block ends."""
    made = Server()
    listening = await asyncio.start_server(made.serve, "127.0.0.1", 0, ssl=tls)
    made.port = listening.sockets[0].getsockname()[1]
    yield made
    listening.close()


def answers(status: int = 200, body: bytes = b"", **headers: str) -> Act:
    """A whole answer; header names with `_` for `-`."""
    return says(status, body, Content_Length=str(len(body)), **headers)


def says(status: int, body: bytes, **headers: str) -> Act:
    """Exactly this, and the connection stays open."""
    lines = [f"HTTP/1.1 {status} X"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return writes("\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape") + body)


def writes(raw: bytes) -> Act:
    async def act(writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()

    return act


def closes(raw: bytes) -> Act:
    """This, and then it hangs up."""

    async def act(writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()
        writer.close()

    return act


def leads(to: str, status: int = 302) -> Act:
    return answers(status, b"this way", Location=to)


async def is_silent(writer: asyncio.StreamWriter) -> None:
    del writer


def never_ends(piece: bytes, **headers: str) -> Act:
    """As fast as it is read."""

    async def act(writer: asyncio.StreamWriter) -> None:
        await says(200, b"", **headers)(writer)
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)

    return act


def drips(piece: bytes, gap: float) -> Act:
    """A little now and then, for ever; by timers, so that the loop's other work goes on."""

    async def act(writer: asyncio.StreamWriter) -> None:
        await says(200, b"")(writer)
        loop, ended = asyncio.get_running_loop(), asyncio.Event()

        def drip() -> None:
            if writer.is_closing():
                ended.set()
            else:
                writer.write(piece)
                loop.call_later(gap, drip)

        drip()
        await ended.wait()

    return act
