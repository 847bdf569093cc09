"""Every setting and every limit on outside input, in one place."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from dotenv.parser import parse_stream
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

# What comes from outside is capped. Sizes are bytes, times seconds.
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
MAX_CONTENT_FILE_BYTES = 64 * 1024 * 1024
MAX_DOCUMENT_BYTES = 32 * 1024 * 1024
MAX_ARCHIVE_BYTES = 256 * 1024 * 1024
MAX_ARCHIVE_FILES = 10_000
MAX_PAGE_BYTES = 10 * 1024 * 1024
MAX_FEED_BYTES = 5 * 1024 * 1024
MAX_FEED_TAGS = 100_000
MAX_FEED_ENTRIES = 300
MAX_TITLE_CHARS = 300
MAX_ENTRY_CHARS = 6_000
MAX_PDF_PAGES = 5_000
MAX_PART_BYTES = 32 * 1024 * 1024
MAX_BATCH_LINE_BYTES = 32 * 1024 * 1024
# A book of a thousand pages has three million characters; real texts have fewer lines and
# sentences than these, and tiny ones by the million only cost time.
MAX_TEXT_CHARS = 4_000_000
MAX_TEXT_LINES = 200_000
MAX_TEXT_SENTENCES = 120_000
MAX_CONTENT_LINE_CHARS = 200_000
MAX_IMPORTED_FEEDS = 1_000
MAX_IMPORTED_DOCUMENTS = 200
IMPORT_SECONDS = 600.0
MAX_FILES_AT_ONCE = 8
# Telegram takes no larger documents of a bot.
MAX_SENT_BYTES = 50 * 10**6
MAX_URL_CHARS = 8_000
MAX_HEADER_BYTES = 64 * 1024
WEB_CONNECT_SECONDS = 10.0
WEB_IDLE_SECONDS = 15.0
WEB_TOTAL_SECONDS = 60.0
WEB_WAIT_SECONDS = 120.0
WEB_HOLD_SECONDS = 24 * 3600.0
WEB_HOST_GAP_SECONDS = 1.0
WEB_HOST_AT_ONCE = 2
WEB_AT_ONCE = 20
WEB_REDIRECTS = 5
# Of the processor. On a busy machine a task may wait for it, so many times as long.
CHILD_SECONDS = 10.0
CHILD_WALL_TIMES = 6
CHILD_WORKERS = 2
CHILD_QUEUE = 64
CHART_SECONDS = 20.0
CHART_MEMORY_BYTES = 512 * 1024 * 1024
FEED_SECONDS = 2.0
ARTICLE_SECONDS = 5.0
ARTICLE_WAIT_SECONDS = 3.0
FEEDS_AT_ONCE = 16
FEEDS_READ_AT_ONCE = 1
FEED_LEASE_SECONDS = 600
FEED_FIRST_ENTRIES = 10
FEED_MOST_ENTRIES = 50
ARTICLES_AT_ONCE = 4
ARTICLES_PER_REFRESH = 10
ARTICLE_FRESH_HOURS = 6
HEADLINE_KEEP_DAYS = 30
# With what a warm reader holds (150 MB) this stays within 512 MB of memory.
CHILD_MEMORY_BYTES = 320 * 1024 * 1024
PERSON_BURST = 40
PERSON_REFILL_PER_SECOND = 1.0
INVITE_HOURS = 48
INBOX_KEEP_HOURS = 48
SUMMARY_KEEP_DAYS = 30
OUTBOX_KEEP_HOURS = 48
ALERTS_A_DAY = 5
FAILED_KEEP_DAYS = 30
AUDIT_KEEP_DAYS = 365
ACTS_KEEP_DAYS = 30
DRAFT_KEEP_DAYS = 7
REMOVED_KEEP_DAYS = 30
MAX_SUBMISSION_UNITS = 1_000
SUBMISSIONS_A_DAY = 5
SUBMISSION_DAYS = 30
FLAGS_HIDE = 3
MAX_UPDATE_BYTES = 1024 * 1024
# The longest that Telegram holds a request back, twice; then something is wrong on the way.
TELEGRAM_SILENT_SECONDS = 120.0
DATABASE_SILENT_SECONDS = 5.0
SUBSCRIPTIONS_PER_CHAT = 10
INTERESTS_PER_CHAT = 100
SAVED_PER_PERSON = 200

OWN_PATHS = HEALTH_PATH, METRICS_PATH = "/healthz", "/metrics"
PREFIX = "BOT_"
TEST_PREFIX = "BOT_TEST_"

_TOKEN = re.compile(r"[0-9]+:\S+")
_PERIOD = re.compile(r"(?P<number>[0-9]{1,4})(?P<unit>[hd]?)")
_WEBHOOK = re.compile(r"https?://[^\s/?#@]+(?P<path>/[\w.~/-]*)?", re.ASCII)
_SECRET = re.compile(r"[\w-]{1,256}", re.ASCII)
_BROKEN = re.compile(rf"(?:export\s+)?({PREFIX}(?!TEST_)\w+)", re.IGNORECASE)
_LISTEN = re.compile(r"(?P<host>\S+):(?P<port>[0-9]{1,5})")


def _token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("it should be digits, a colon and a key, as @BotFather gave it")
    return value


def _ids(value: object) -> object:
    if isinstance(value, int):
        return (value,)
    if not isinstance(value, str):
        return value
    parts = [part.strip() for part in value.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError("it should be numeric user ids with commas between them, like 123,456")
    return tuple(int(part) for part in parts)


def _root(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value) or not _has_a_port(value):
        raise ValueError("it should be an address like http://127.0.0.1:8081")
    return value.rstrip("/")


def _has_a_port(address: str) -> bool:
    """Whether its port, if one is named, is one that there can be."""
    try:
        return urlsplit(address).port != 0
    except ValueError:
        return False


def _folder(value: Path) -> Path:
    """Only a shell knows what ~ means, and no shell reads `.env`."""
    try:
        return value.expanduser()
    except RuntimeError:
        raise ValueError("there is no such home folder") from None


def _line(value: str) -> str:
    if not value.isprintable():
        raise ValueError("it should be one line, like you@example.org")
    return value


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("it should be a name like Europe/Berlin or Asia/Shanghai")
    return value


def _proxy(value: SecretStr) -> SecretStr:
    address = value.get_secret_value()
    if not re.fullmatch(r"https?://\S+", address) or not _has_a_port(address):
        raise ValueError("it should be an HTTP proxy like http://proxy.example:3128")
    return value


def _listen(value: str) -> str:
    match = _LISTEN.fullmatch(value)
    if not match or not 0 < int(match["port"]) < 65536:
        raise ValueError("it should be host:port, like 127.0.0.1:8080")
    return value


def _webhook(value: str) -> str:
    match = _WEBHOOK.fullmatch(value)
    if not match or not _has_a_port(value):
        raise ValueError("it should be an address like https://bot.example/hook")
    if match["path"] in OWN_PATHS:
        raise ValueError("its path is one of our own: please choose another one")
    return value


def _webhook_secret(value: SecretStr) -> SecretStr:
    if not _SECRET.fullmatch(value.get_secret_value()):
        raise ValueError("it should be up to 256 letters, digits, _ and -")
    return value


def _period(value: str) -> timedelta:
    match = _PERIOD.fullmatch(value)
    if not match or not (number := int(match["number"])):
        raise ValueError("it should be hours or days, like 12h or 1d")
    return timedelta(days=number) if match["unit"] == "d" else timedelta(hours=number)


Url = Annotated[str, AfterValidator(_root)]
Proxy = Annotated[SecretStr, AfterValidator(_proxy)]
Folder = Annotated[Path, AfterValidator(_folder)]

# What pydantic says of them is for programmers.
_REASONS = {
    "bool_parsing": "it should be true or false",
    "float_parsing": "it should be a number",
    "int_parsing": "it should be a whole number",
}


class Settings(BaseSettings):
    """The environment and `.env`; frozen. `load()` reads it and tells errors in one line."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True,
        extra="ignore", frozen=True,
    )  # fmt: skip

    token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    admins: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_ids)] = ()
    access: Literal["open", "invite"] = "open"
    api_url: Url = "https://api.telegram.org"
    data_dir: Folder = Path("data")
    database_url: SecretStr | None = None
    content_dir: Folder = Path("content")
    timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
    language: Literal["en", "zh"] = "en"
    tick_seconds: Annotated[float, Field(gt=0, le=3600)] = 5
    messages_per_second: Annotated[int, Field(ge=1)] = 30
    paid_broadcast: bool = False
    chat_messages_per_second: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1
    group_messages_per_minute: Annotated[int, Field(ge=1)] = 20
    allow_private_addresses: bool = False
    contact: Annotated[str, AfterValidator(_line)] | None = None
    proxy: Proxy | None = None
    web_proxy: Proxy | None = None
    queue_votes: Annotated[int, Field(ge=1, le=20)] = 1
    backup_every: Annotated[timedelta, BeforeValidator(_period)] | None = None
    backup_passphrase: SecretStr | None = None
    listen: Annotated[str, AfterValidator(_listen)] | None = None
    webhook_url: Annotated[str, AfterValidator(_webhook)] | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"

    @classmethod
    def load(cls) -> Self:
        """Read the environment; raise a UsageError that names the setting and shows no value."""
        _refuse_unknown(cls)
        try:
            return cls()
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            name = PREFIX + str(first["loc"][0]).upper()
            reason = _REASONS.get(first["type"]) or _plain(first["msg"])
            raise UsageError("{name} can't be used: {reason}.", name=name, reason=reason) from None
        except UnicodeDecodeError:
            raise UsageError("The file .env is not UTF-8 text; please save it as UTF-8.") from None
        except OSError as error:
            raise UsageError("The file .env can't be read: {why}.", why=error.strerror) from None

    @property
    def database(self) -> str:
        """The database's URL; one with a password stays inside `store`."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite+aiosqlite:///{self.data_dir.absolute() / 'quipwire.db'}"

    def check_webhook(self) -> None:
        """A UsageError about what a webhook lacks, which concerns only who serves Telegram."""
        needed = {"BOT_LISTEN": self.listen, "BOT_WEBHOOK_SECRET": self.webhook_secret}
        for name, value in needed.items():
            if self.webhook_url and value is None:
                raise UsageError("BOT_WEBHOOK_URL needs {name}: see .env.example.", name=name)


def _plain(message: str) -> str:
    text = message.removeprefix("Value error, ").rstrip(".")
    return text.replace("Input should be", "it should be", 1)


def _refuse_unknown(settings: type[Settings]) -> None:
    known = {PREFIX + name.upper() for name in settings.model_fields}
    for name in sorted({*os.environ, *_names_in_file()}):
        upper = name.upper()
        if upper.startswith(PREFIX) and not upper.startswith(TEST_PREFIX) and upper not in known:
            raise UsageError("There is no setting {name}; see .env.example for all.", name=name)


def _names_in_file() -> Iterator[str]:
    """Those of `.env`; a UsageError about a line of ours that would be passed over."""
    try:
        text = Path(".env").read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return
    for found in parse_stream(StringIO(text)):
        line = found.original.string.lstrip()
        broken = _BROKEN.match(line) if found.error else None
        if broken:
            blank = found.original.string.removesuffix(line)
            raise UsageError(
                "Line {number} of .env can't be read: it should be {name}=..., with any quotes "
                "closed.", number=found.original.line + blank.count("\n"), name=broken[1],
            )  # fmt: skip
        if found.key:
            yield found.key
