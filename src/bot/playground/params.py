"""What a call brings along: values arrive as text from forms and queries, typed from JSON."""

import json
from dataclasses import dataclass, field
from typing import Any

from bot.playground.errors import bad_request

_TRUE = frozenset({"true", "yes", "1", "t", "y"})


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Params:
    values: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value)

    def number(self, name: str, default: int = 0) -> int:
        """Like Telegram, reads what is no number as the default."""
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        value = self.values.get(name)
        return value.lower() in _TRUE if isinstance(value, str) else bool(value)

    def object(self, name: str, what: str = "") -> dict[str, Any]:
        """A JSON object; an empty one when there is none."""
        value = self.json(name, what) or {}
        if not isinstance(value, dict):
            raise bad_request(f"object expected as {what or name}")
        return value

    def array(self, name: str, what: str = "") -> list[Any]:
        """A JSON array; an empty one when there is none."""
        value = self.json(name, what) or []
        if not isinstance(value, list):
            raise bad_request(f"array expected as {what or name}")
        return value

    def json(self, name: str, what: str = "") -> Any:
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what or name} JSON object") from None
