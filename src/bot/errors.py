"""Expected failures. Each carries an English message and its values; the edge translates it."""

from __future__ import annotations

import traceback
from pathlib import Path

from bot.models.said import Said


class UserError(Exception):
    """Something a person can understand and mend: one clear sentence, `{name}` for values."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message, values)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message.format(**self.values)

    @property
    def said(self) -> Said:
        """The same as a value."""
        plain = {name: value if isinstance(value, str | int | float) else str(value)
                 for name, value in self.values.items()}  # fmt: skip
        return Said(self.message, plain)


class BusyError(UserError):
    """Not now: the same may well succeed a minute later."""


class UsageError(UserError):
    """Wrong usage or settings: the command line exits with 2."""


class WebError(UserError):
    """A page that can't be had: what its server answered, and how many seconds it wants to rest."""

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
        **values: object,
    ) -> None:
        super().__init__(message, **{"status": status, **values})
        self.status = status
        self.retry_after = retry_after


class Gone(WebError):
    """410: it was taken away for good, so asking again is pointless."""


def where(error: BaseException, *, most: int = 20) -> str:
    """The innermost places that an error came through, on one line and without what was said."""
    frames = traceback.extract_tb(error.__traceback__)[-most:]
    return " > ".join(
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames
    )
