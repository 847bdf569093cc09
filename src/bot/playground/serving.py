"""uvicorn inside a running event loop: no signal handlers, a port that is taken says so at once,
and an end that does not wait for anybody's keep-alive."""

import asyncio
import contextlib
import socket

import uvicorn
from starlette.types import ASGIApp, Scope

GRACE_SECONDS = 1.0


class Serving:
    def __init__(self) -> None:
        self._server: uvicorn.Server | None = None
        self._ticks: asyncio.Task[None] | None = None
        self.port = 0

    async def start(self, app: ASGIApp, host: str, port: int) -> None:
        """Raises OSError when the port is taken."""
        listener = _bind(host, port)
        self.port = listener.getsockname()[1]
        config = uvicorn.Config(
            app,
            http="httptools",
            ws="none",
            lifespan="off",
            access_log=False,
            log_config=None,
            log_level="warning",
            server_header=False,
            timeout_keep_alive=75,
        )
        config.load()
        server = self._server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        await server.on_tick(0)
        await server.startup(sockets=[listener])
        self._ticks = asyncio.create_task(server.main_loop())

    def cut(self, scope: Scope) -> None:
        """Breaks the connection a request came by."""
        if self._server:
            for line in list(self._server.server_state.connections):
                if getattr(line, "client", None) == scope["client"]:
                    line.transport.abort()

    async def stop(self) -> None:
        server, self._server = self._server, None
        if server is None or self._ticks is None:
            return
        self._ticks.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._ticks
        for listener in server.servers:
            listener.close()
        state = server.server_state
        for line in list(state.connections):
            line.shutdown()
        if state.tasks:
            await asyncio.wait(set(state.tasks), timeout=GRACE_SECONDS)
        for line in list(state.connections):
            line.transport.abort()
        for task in set(state.tasks):
            task.cancel()
        await asyncio.gather(*set(state.tasks), return_exceptions=True)
        for listener in server.servers:
            await listener.wait_closed()


def _bind(host: str, port: int) -> socket.socket:
    # asyncio switches Nagle's delay off only where the protocol is named.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(1024)
        listener.setblocking(False)
    except OSError:
        listener.close()
        raise
    return listener
