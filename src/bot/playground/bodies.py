"""Reading calls from HTTP in all the forms Telegram takes: query, form, JSON, multipart."""

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.types import Receive, Scope

from bot.playground.errors import ApiError, bad_request
from bot.playground.files import UPLOAD_LIMIT
from bot.playground.params import Params, Upload

_ROOM_FOR_FIELDS = 1024 * 1024


class DroppedError(Exception):
    """The connection is gone, or was cut on purpose."""


async def read_params(scope: Scope, receive: Receive) -> Params:
    query = scope["query_string"]
    values: dict[str, Any] = dict(_pairs(query)) if query else {}
    body = await read_body(receive, UPLOAD_LIMIT + _ROOM_FOR_FIELDS)
    if not body:
        return Params(values)
    kind = next((v for k, v in scope["headers"] if k == b"content-type"), b"")
    if kind.startswith(b"application/json"):
        return Params(values | _from_json(body))
    if kind.startswith(b"multipart/form-data"):
        return await _from_multipart(scope, body, values)
    return Params(values | dict(_pairs(body)))


async def read_body(receive: Receive, limit: int) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body
    chunks, size = [body], len(body)
    while message.get("more_body"):
        message = await receive()
        if message["type"] == "http.disconnect":
            raise DroppedError
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise ApiError(413, "Request Entity Too Large")
        chunks.append(chunk)
    return b"".join(chunks)


def _pairs(raw: bytes) -> list[tuple[str, str]]:
    return parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True)


def _from_json(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(body)
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise bad_request("can't parse JSON object")
    return values


async def _from_multipart(scope: Scope, body: bytes, values: dict[str, Any]) -> Params:
    async def whole() -> Any:
        yield body

    parser = MultiPartParser(
        Headers(scope=scope), whole(), max_fields=1000, max_part_size=_ROOM_FOR_FIELDS
    )
    try:
        form = await parser.parse()
    except MultiPartException:
        raise bad_request("can't parse multipart form") from None
    uploads: dict[str, Upload] = {}
    try:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                uploads[name] = Upload(value.filename or name, await value.read())
            else:
                values[name] = value
    finally:
        await form.close()
    return Params(values, uploads)
