"""What listens at BOT_LISTEN: Telegram's webhook, /healthz and /metrics."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from contextlib import ExitStack, asynccontextmanager, contextmanager
from hmac import compare_digest
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import uvicorn
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.config import (
    DATABASE_SILENT_SECONDS,
    HEALTH_PATH,
    MAX_UPDATE_BYTES,
    METRICS_PATH,
    TELEGRAM_SILENT_SECONDS,
)
from bot.errors import UserError
from bot.services import health
from bot.tg.webhook import Arrivals

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator

    from prometheus_client import Metric
    from starlette.requests import Request

    from bot.models.health import Health
    from bot.tg.context import Tools
    from bot.tg.pulse import Pulse

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
MOST_ID = 2**63


@asynccontextmanager
async def listening(tools: Tools, pulse: Pulse, bot_id: int) -> AsyncIterator[None]:
    """Serve at BOT_LISTEN until the block ends; a UserError where nobody can listen."""
    address = tools.settings.listen or ""
    server = _Uvicorn(
        uvicorn.Config(
            _app(tools, pulse, bot_id), http="httptools", ws="none", lifespan="off",
            access_log=False, log_config=None, server_header=False, timeout_graceful_shutdown=1,
        )
    )  # fmt: skip
    with _bound(address) as listener:
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        log.info("Listening on %s.", address)
        try:
            yield
        finally:
            server.should_exit = True
            await serving


class _Uvicorn(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are the program's own."""
        yield


def _bound(address: str) -> socket.socket:
    host, _, port = address.rpartition(":")
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host.strip("[]"), int(port), proto=socket.IPPROTO_TCP, flags=socket.AI_PASSIVE
        )[0]
        with ExitStack() as stack:
            listener = stack.enter_context(socket.socket(family, kind, protocol))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(place)
            stack.pop_all()
            return listener
    except OSError as error:
        raise UserError(
            "Nothing can listen at BOT_LISTEN={address} ({reason}).",
            address=address,
            reason=error.strerror or error,
        ) from None


def _app(tools: Tools, pulse: Pulse, bot_id: int) -> Starlette:
    seen = _Seen(tools, pulse, bot_id)
    routes = [Route(HEALTH_PATH, seen.healthz), Route(METRICS_PATH, seen.metrics)]
    if tools.settings.webhook_url:
        path = urlsplit(tools.settings.webhook_url).path or "/"
        routes.append(Route(path, _hook(tools), methods=["POST"]))
    return Starlette(routes=routes)


def _hook(tools: Tools) -> Callable[[Request], Awaitable[Response]]:
    """Takes updates of who knows the secret, and says 200 once they are kept."""
    arrivals = Arrivals(tools.inbox)
    secret = tools.settings.webhook_secret
    expected = secret.get_secret_value().encode() if secret else b""

    async def take(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not expected or not compare_digest(given, expected):
            return PlainTextResponse("This address is for Telegram.", 403)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_UPDATE_BYTES:
                return PlainTextResponse("That is too long for an update.", 413)
        raw = _update(body)
        if raw is None:
            return PlainTextResponse("That is no update.", 400)
        try:
            await arrivals.put(raw)
        except Exception:
            log.exception("An update could not be kept; Telegram will bring it again.")
            return PlainTextResponse("Please bring it again.", 503)
        return Response()

    return take


def _update(body: bytes | bytearray) -> dict[str, Any] | None:
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return None
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return raw if isinstance(number, int) and 0 <= number < MOST_ID else None


class _Seen:
    """What programs that watch the bot see of it."""

    def __init__(self, tools: Tools, pulse: Pulse, bot_id: int) -> None:
        self._tools = tools
        self._pulse = pulse
        self._bot_id = bot_id
        self._process = ProcessCollector(registry=None)

    async def healthz(self, _: Request) -> Response:
        """200 while the database and Telegram answer, else 503 and which of them does not."""
        silent = round(self._pulse.silent)
        telegram = silent <= TELEGRAM_SILENT_SECONDS
        found = await self._health()
        parts = {"database": found is not None, "telegram": telegram}
        well = all(parts.values())
        said = {"status": "ok" if well else "unwell", **parts, "telegram_silent_seconds": silent}
        return JSONResponse(said, 200 if well else 503)

    async def metrics(self, _: Request) -> Response:
        """Prometheus' text; what only the database knows is left out while it is silent."""
        registry = CollectorRegistry()
        registry.register(_Collected([*self._process.collect(), *self._own()]))
        if found := await self._health():
            registry.register(_Collected(_of(found)))
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    async def _health(self) -> Health | None:
        tools = self._tools
        try:
            async with asyncio.timeout(DATABASE_SILENT_SECONDS):
                return await health.check(
                    tools.db, tools.settings, self._bot_id, tools.inbox.answered, tools.now()
                )
        except Exception as error:  # noqa: BLE001  whatever it is, it does not answer
            log.warning("The database does not answer (%s).", type(error).__name__)
            return None

    def _own(self) -> Iterator[Metric]:
        pulse = self._pulse
        yield _counter("updates", "Updates handled to their end.", self._tools.inbox.handled)
        yield _counter("api_answers", "Answers of the Bot API.", pulse.answers)
        yield _gauge("api_answer_seconds", "How long it takes to answer.", pulse.seconds)
        yield _gauge("api_silent_seconds", "Since it answered anything.", pulse.silent)


class _Collected:
    """Metrics that were read before: a registry asks for them without waiting."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = list(metrics)

    def collect(self) -> list[Metric]:
        return self._metrics


def _of(found: Health) -> Iterator[Metric]:
    outlook = found.outlook
    yield _gauge("updates_waiting", "Updates that are being worked on.", found.undone)
    yield _gauge("outbox_open", "Messages to be sent.", outlook.open)
    yield _gauge("outbox_lag_seconds", "Since the oldest is due.", outlook.lag.total_seconds())
    yield _gauge("outbox_parked", "Messages that may have arrived, or not.", outlook.parked)
    yield _gauge("outbox_failed", "Messages of a month that never arrived.", outlook.dead)
    yield _gauge("feeds", "Feeds that are followed.", found.feeds)
    yield _gauge("feeds_broken", "Those that can't be had.", found.feeds_broken)
    yield _gauge("database_bytes", "Size of the database.", found.database)
    yield _gauge("disk_free_bytes", "Room left for the data folder.", found.disk_free)
    if found.backed_up_at:
        at = found.backed_up_at.timestamp()
        yield _gauge("backup_timestamp_seconds", "When the last backup was made.", at)


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"quipwire_{name}", about, value)


def _counter(name: str, about: str, value: float) -> CounterMetricFamily:
    return CounterMetricFamily(f"quipwire_{name}", about, value)
