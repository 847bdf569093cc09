"""The file of what people set, as another bot wrote it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.errors import UserError
from bot.texts import mark

House = Mapping[str, Any]

SIGN, FORMAT = "quipwire-people", 1
BROKEN = mark("That file of people is damaged or of a newer Quipwire; nothing was changed.")


def write(rows: House) -> bytes:
    """As a file."""
    return json.dumps({SIGN: FORMAT, **rows}, ensure_ascii=False, indent=0).encode()


def read(data: bytes) -> House:
    """What it holds, rows by table; a UserError if that can't be."""
    try:
        found: dict[str, Any] = json.loads(data)
        if found.pop(SIGN) == FORMAT and all(map(_is_rows, found.values())):
            return found
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise UserError(BROKEN)


def _is_rows(some: object) -> bool:
    return isinstance(some, list) and all(isinstance(each, dict) for each in some)
