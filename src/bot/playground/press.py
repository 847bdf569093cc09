"""A web server on this machine for pages that change: the playground's newsroom prints here."""

from collections.abc import Callable, Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.playground.serving import Serving

Page = Callable[[], bytes]


class Press:
    def __init__(self, pages: Sequence[Page], media_type: str) -> None:
        self._pages, self._media_type = pages, media_type
        self._serving = Serving()

    async def start(self) -> list[str]:
        """The addresses of the pages, at any free port."""
        routes = [
            Route(f"/{number}", self._endpoint(page)) for number, page in enumerate(self._pages)
        ]
        await self._serving.start(Starlette(routes=routes), "127.0.0.1", 0)
        return [f"http://127.0.0.1:{self._serving.port}{route.path}" for route in routes]

    async def stop(self) -> None:
        await self._serving.stop()

    def _endpoint(self, page: Page) -> Callable[[Request], Response]:
        return lambda _: Response(page(), media_type=self._media_type)
