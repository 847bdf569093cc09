"""Calls of the Bot API as the page lists them: no secrets, nothing endless."""

import json
from itertools import islice
from typing import Any

from bot.playground.chats import Json
from bot.playground.world import Call, World

SHOWN_CALLS = 100
LONGEST_VALUE = 2000
_SECRETS = frozenset({"secret_token"})


def call_line(call: Call) -> Json:
    return {
        "method": call.method,
        "status": call.status,
        "description": call.description,
        "ms": round(call.ms, 1),
        "at": call.at,
        "params": {name: _shown(name, value) for name, value in call.params.items()},
    }


def recent_calls(world: World) -> list[Json]:
    """The last ones, oldest first; polls are left out, there is always one under way."""
    calls = (call for call in reversed(world.calls) if call.method != "getUpdates")
    return [call_line(call) for call in islice(calls, SHOWN_CALLS)][::-1]


def _shown(name: str, value: Any) -> str:
    if name in _SECRETS:
        return "***"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"
