"""What the log looks like; no line of it ever holds a token."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.config import Settings

# A token as it stands in a Bot API address or alone, and a password in a database's.
_TOKEN = re.compile(r"(?<![0-9])[0-9]{3,}:[A-Za-z0-9_-]{8,}")
_PASSWORD = re.compile(r"(://[^\s:/@]*:)[^\s@]+@")
QUIET = ("httpx", "httpcore", "telegram", "aiohttp", "asyncio", "alembic", "uvicorn.error")


class Text(logging.Formatter):
    """Time, level, message: for people."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(message)s", "%Y-%m-%d %H:%M:%S")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        return scrub(super().format(record), self._secrets)


class Json(logging.Formatter):
    """One object a line: for programs."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": scrub(record.getMessage(), self._secrets),
        }
        if record.exc_info:
            line["traceback"] = scrub(self.formatException(record.exc_info), self._secrets)
        return json.dumps(line, ensure_ascii=False)


def scrub(text: str, secrets: tuple[str, ...] = ()) -> str:
    """The text with every secret replaced by `***`."""
    for secret in secrets:
        text = text.replace(secret, "***")
    return _PASSWORD.sub(r"\1***@", _TOKEN.sub("***", text))


def start_logging(settings: Settings) -> None:
    """Log to stderr, as the settings say."""
    token = settings.token
    secrets = (token.get_secret_value(),) if token else ()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Json(secrets) if settings.log_format == "json" else Text(secrets))
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
