"""The door: `/bot<token>/METHOD` and `/file/bot<token>/PATH` are answered right here without a
web framework in between, because benchmarks run against it; the chat page gets the rest."""

import asyncio
import contextlib
import hmac
import inspect
import logging
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from starlette.types import ASGIApp, Receive, Scope, Send

from bot.playground import answers
from bot.playground.bodies import DroppedError, read_params
from bot.playground.errors import ApiError
from bot.playground.faults import Faults, Rule
from bot.playground.files import DOWNLOAD_LIMIT
from bot.playground.methods import NAMES, ROLL
from bot.playground.params import Params
from bot.playground.world import World

_log = logging.getLogger(__name__)
_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]+")
_JSON = (b"content-type", b"application/json")


class Door:
    def __init__(
        self,
        world: World,
        token: str,
        faults: Faults,
        page: ASGIApp,
        cut: Callable[[Scope], None],
    ) -> None:
        self._world, self._token, self._faults = world, token, faults
        self._page, self._cut = page, cut

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"] if scope["type"] == "http" else ""
        if path.startswith("/bot"):
            await self._call(path, scope, receive, send)
        elif path.startswith("/file/bot"):
            await self._download(path, send)
        else:
            await self._page(scope, receive, send)

    async def _call(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        token, _, name = path[4:].partition("/")
        try:
            status, body = await self._answer(token, name.lower(), scope, receive)
        except DroppedError:
            self._cut(scope)
            while (await receive())["type"] != "http.disconnect":
                pass
            return
        await _respond(send, status, body, _JSON)

    async def _answer(
        self, token: str, method: str, scope: Scope, receive: Receive
    ) -> tuple[int, bytes]:
        params, error, result = Params(), None, None
        started = time.perf_counter()
        self._world.in_flight += 1
        try:
            self._check_token(token)
            params = await read_params(scope, receive)
            result = await self._perform(method, params, receive)
        except DroppedError:
            raise
        except ApiError as refused:
            error = refused
        except Exception:  # noqa: BLE001 (the outermost loop: told in the log)
            _log.exception("%s failed in the playground", method)
            error = ApiError(500, "Internal Server Error")
        finally:
            self._world.in_flight -= 1
            spent = (time.perf_counter() - started) * 1000
            self._world.log(NAMES.get(method, method), _told(params), error, spent)
        return (error.code, answers.bad(error)) if error else (200, answers.good(result))

    def _check_token(self, token: str) -> None:
        if not _TOKEN.fullmatch(token):
            raise ApiError(404, "Not Found")
        if not hmac.compare_digest(token, self._token):
            raise ApiError(401, "Unauthorized")

    async def _perform(self, method: str, params: Params, receive: Receive) -> Any:
        if method not in NAMES:
            raise ApiError(404, "Not Found: method not found")
        trouble = self._faults.take(method, params) if self._faults.armed else None
        if trouble and trouble.trouble != "drop_after":
            await self._suffer(trouble)
        result = ROLL[NAMES[method]](self._world, params)
        if inspect.isawaitable(result):
            self._world.in_flight -= 1
            try:
                result = await self._wait_for(result, receive)
            finally:
                self._world.in_flight += 1
        if trouble and trouble.trouble == "drop_after":
            raise DroppedError
        return result

    async def _wait_for(self, poll: Awaitable[Any], receive: Receive) -> Any:
        """A bot that polls is there; the poll of one that was killed ends with it."""
        presence = self._world.presence
        presence.arrive()
        try:
            if self._world.updates.pending:
                return await poll
            return await _unless_gone(poll, receive)
        finally:
            presence.leave()

    async def _suffer(self, rule: Rule) -> None:
        if rule.error:
            raise rule.error
        if rule.trouble == "drop":
            raise DroppedError
        await rule.released.wait()

    async def _download(self, path: str, send: Send) -> None:
        token, _, place = path[len("/file/bot") :].partition("/")
        file = self._world.files.at(place) if token == self._token else None
        if file is None or len(file.data) > DOWNLOAD_LIMIT:
            code = 404 if token == self._token else 401
            word = "Not Found" if code == 404 else "Unauthorized"
            await _respond(send, code, answers.bad(ApiError(code, word)), _JSON)
            return
        name = f"attachment; filename*=UTF-8''{quote(file.name)}".encode()
        await _respond(
            send,
            200,
            file.data,
            (b"content-type", b"application/octet-stream"),
            (b"content-disposition", name),
        )


def _told(params: Params) -> dict[str, Any]:
    """The parameters for the list of calls: of an upload, its name and size."""
    if not params.uploads:
        return params.values
    files = {
        field: f"{file.name} ({len(file.data)} bytes)" for field, file in params.uploads.items()
    }
    return {**params.values, **files}


async def _unless_gone(work: Awaitable[Any], receive: Receive) -> Any:
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise DroppedError
        return task.result()
    finally:
        for one in (task, gone):
            one.cancel()
            with contextlib.suppress(asyncio.CancelledError, ApiError):
                await one


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _respond(send: Send, status: int, body: bytes, *headers: tuple[bytes, bytes]) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})
