"""Answers of the Bot API on the wire."""

import json
from dataclasses import dataclass
from typing import Any

from bot.playground.errors import ApiError

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Said:
    """A result with a word of explanation, as setWebhook gives."""

    result: Any
    description: str


def good(result: Any) -> bytes:
    body = {"ok": True, "result": result}
    if isinstance(result, Said):
        body = {"ok": True, "result": result.result, "description": result.description}
    return _encode(body).encode("utf-8", "replace")


def bad(error: ApiError) -> bytes:
    body: dict[str, Any] = {
        "ok": False,
        "error_code": error.code,
        "description": error.description,
    }
    if error.parameters:
        body["parameters"] = error.parameters
    return _encode(body).encode("utf-8", "replace")
