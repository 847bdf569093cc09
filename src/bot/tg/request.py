"""PTB's HTTP over aiohttp, and errors that say whether a request can have reached Telegram."""

from __future__ import annotations

import asyncio
import json
import os
from time import monotonic
from typing import TYPE_CHECKING, Any

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.tg.pulse import Pulse

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput

READ_SECONDS = 20.0
CONNECT_SECONDS = 10.0
# An answer that comes drop by drop is none: the body of a call, and that of a file of 20 MB.
BODY_SECONDS = 30.0
FILE_SECONDS = 600.0
# Shorter than any server's own patience, so that a dying idle connection is not written to.
KEEP_ALIVE_SECONDS = 25.0
# A token's refusal counts whatever is written under it.
REFUSALS = (401, 404)


class NotSent(NetworkError):
    """No connection was made: Telegram has seen nothing, repeating is safe."""


class ServerFault(NetworkError):
    """Telegram answered 5xx, or a proxy did in its place."""


class AiohttpRequest(BaseRequest):
    """One pool of connections; `read_timeout` given by a call wins over the default.

    Where `holding`, Telegram holds answers back: they tell its clock, not how far away it is.
    """

    def __init__(
        self,
        *,
        connections: int,
        proxy: str | None = None,
        pulse: Pulse | None = None,
        holding: bool = False,
    ) -> None:
        self._connections = connections
        self.pulse = pulse or Pulse()
        self._holding = holding
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READ_SECONDS

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self._connections, keepalive_timeout=KEEP_ALIVE_SECONDS
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """See `BaseRequest.do_request`; the pool's own wait is bounded by the read time-out."""
        if self._session is None:
            raise RuntimeError("This request is not initialized.")
        seconds = READ_SECONDS if isinstance(read_timeout, DefaultValue) else read_timeout
        timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=CONNECT_SECONDS, sock_read=seconds or None
        )
        began = monotonic()
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=timeout, proxy=self._proxy
            ) as response:
                async with asyncio.timeout(BODY_SECONDS if method == "POST" else FILE_SECONDS):
                    status, payload = response.status, await response.read()
                self.pulse.told(response.headers.get("Date"))
        except aiohttp.ClientConnectorError as error:
            raise NotSent(f"No connection to {error.host}: {_cause(error)}.") from None
        except aiohttp.ConnectionTimeoutError:
            raise NotSent("No connection to the Bot API in time.") from None
        except TimeoutError:
            raise TimedOut("The Bot API did not answer in time.") from None
        except aiohttp.ClientError as error:
            raise NetworkError(f"The connection broke ({type(error).__name__}).") from None
        if not self._holding:
            self.pulse.took(monotonic() - began)
        if status >= 500:
            raise ServerFault(f"The Bot API answered {status}.")
        if 400 <= status not in REFUSALS and not payload.lstrip().startswith(b"{"):
            raise ServerFault(f"Something before the Bot API answered {status}.")
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """What can't be read may be done all the same; PTB would write it to the log, all of it."""
        try:
            answer = json.loads(payload.decode(errors="replace"))
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise NetworkError("What came was no answer of the Bot API.")
        return answer


def _cause(error: aiohttp.ClientConnectorError) -> str:
    """What the system says of it, which asyncio puts in words of its own."""
    broken = error.__cause__
    if isinstance(broken, ConnectionError) and broken.errno:
        return os.strerror(broken.errno)
    return getattr(broken, "strerror", None) or type(error).__name__


def _body(request_data: RequestData | None) -> Any:
    if request_data is None:
        return None
    if not request_data.contains_files:
        return request_data.json_parameters
    # Telegram takes names as they are: percent signs would stay in them.
    form = aiohttp.FormData(request_data.json_parameters, quote_fields=False)
    for field, (name, content, kind) in (request_data.multipart_data or {}).items():
        form.add_field(field, content, filename=name, content_type=kind)
    return form
