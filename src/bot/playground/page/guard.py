"""Keeps foreign web pages out: a browser on this machine visits other sites too, and none of
them may read the chats or press a button (cross-site requests, DNS rebinding)."""

from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = [
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
]


class Guard:
    """Lets through what comes from the page itself, by the Host, Origin and Sec-Fetch-Site
    headers, and puts a strict policy on every answer."""

    def __init__(self, app: ASGIApp, port: Callable[[], int]) -> None:
        self._app, self._port = app, port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if not self._from_here(scope["method"], Headers(scope=scope)):
            refused = PlainTextResponse("This page answers to itself only.", status_code=403)
            await refused(scope, receive, send)
            return

        async def careful_send(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_HEADERS]  # type: ignore[misc]
            await send(message)

        await self._app(scope, receive, careful_send)  # type: ignore[arg-type]

    def _from_here(self, method: str, headers: Headers) -> bool:
        hosts = {f"{name}:{self._port()}" for name in ("127.0.0.1", "localhost")}
        if headers.get("host") not in hosts:
            return False
        origin = headers.get("origin")
        if origin is not None and origin not in {f"http://{host}" for host in hosts}:
            return False
        if method == "POST":
            return headers.get("x-playground") == "1"
        if headers.get("sec-fetch-dest") == "document":
            return True  # somebody followed a link to the page; nobody else can read it
        return headers.get("sec-fetch-site", "none") in {"same-origin", "none"}
