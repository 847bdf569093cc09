"""What the log looks like; no line of it ever holds a token."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.errors import where

if TYPE_CHECKING:
    from logging import _SysExcInfoType as ExcInfo

    from bot.config import Settings

# A token as it stands in a Bot API address or alone, and a password in a database's.
_TOKEN = re.compile(r"(?<![0-9])[0-9]{3,}:[A-Za-z0-9_-]{8,}")
_PASSWORD = re.compile(r"(://[^\s:/@]*:)[^\s@]+@")
# What PostgreSQL's driver and server show of the values that they complain about: people's words.
_VALUES = re.compile(r"(query argument \$\d+: |DETAIL: +).*?(?=\s*\[SQL|$)", re.MULTILINE)
QUIET = ("httpx", "httpcore", "telegram", "aiohttp", "asyncio", "alembic", "uvicorn.error")


class Text(logging.Formatter):
    """Time, level, message on one line, for people; while debugging with the traceback below."""

    def __init__(self, secrets: tuple[str, ...], *, debug: bool) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(message)s", "%Y-%m-%d %H:%M:%S")
        self._secrets, self._debug = secrets, debug

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return scrub(text if self._debug else " ".join(text.splitlines()), self._secrets)

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - logging's own name
        return super().formatException(ei) if self._debug else brief(ei)


class Json(logging.Formatter):
    """One object a line: for programs."""

    def __init__(self, secrets: tuple[str, ...], *, debug: bool) -> None:
        super().__init__()
        self._secrets, self._debug = secrets, debug

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": scrub(record.getMessage(), self._secrets),
        }
        if record.exc_info:
            line["error"] = scrub(brief(record.exc_info), self._secrets)
        if record.exc_info and self._debug:
            line["traceback"] = scrub(self.formatException(record.exc_info), self._secrets)
        return json.dumps(line, ensure_ascii=False)


def brief(info: ExcInfo) -> str:
    """What went wrong and where, in so many words as fit on a line."""
    error = info[1]
    if error is None:
        return ""
    places = where(error, most=3)
    return f"({type(error).__name__}: {error}{places and f', at {places}'})"


def scrub(text: str, secrets: tuple[str, ...] = ()) -> str:
    """The text with every secret, and every value of a database's complaint, replaced by `***`."""
    for secret in secrets:
        text = text.replace(secret, "***")
    text = _VALUES.sub(r"\1***", text)
    return _PASSWORD.sub(r"\1***@", _TOKEN.sub("***", text))


def start_logging(settings: Settings) -> None:
    """Log to stderr, as the settings say."""
    token = settings.token
    secrets = (token.get_secret_value(),) if token else ()
    handler = logging.StreamHandler(sys.stderr)
    style = Json if settings.log_format == "json" else Text
    handler.setFormatter(style(secrets, debug=settings.log_level == "debug"))
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
