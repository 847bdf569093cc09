"""What is wrong with a content file, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError


@dataclass(frozen=True, slots=True)
class Problem:
    """`file` is relative to the content folder, `line` counts from 1."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


def explain(error: ValidationError) -> str:
    """The first thing that is wrong with an entry, in words."""
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"]) or "entry"
    kind, message = first["type"], str(first["msg"]).removeprefix("Value error, ")
    if kind == "missing":
        return f"“{field}” is missing"
    if kind == "extra_forbidden":
        return f"there is no “{field}” in such an entry"
    return f"“{field}”: {message[:1].lower()}{message[1:]}"
