"""Sentences that travel: through a database, or from one program to another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence for a person, kept with its values so that each reads it in their language.

    The values are what JSON has: numbers stay numbers, so that `{n:,}` can be written.
    """

    message: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message.format(**self.values)
