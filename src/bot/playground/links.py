"""Which addresses Telegram takes for links, and how it writes them."""

import re
from urllib.parse import urlsplit

from bot.playground.errors import bad_request

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"[^\s/?#\[\]<>\"\\]+\.[^\s/?#\[\]<>\"\\.]+|\[[0-9A-Fa-f:.]+\]")
_USER = re.compile(r"tg:(?://)?user\?id=(\d{1,15})\Z", re.IGNORECASE)
_APP_SCHEMES = frozenset({"tg", "ton", "tonsite"})


def user_of_link(url: str) -> int:
    match = _USER.match(url.strip())
    return int(match[1]) if match else 0


def checked_link(url: str) -> str:
    """The address as Telegram keeps it, or "" when it is none."""
    try:
        return _checked(url)
    except ValueError:
        return ""


def button_link(url: str, what: str) -> str:
    try:
        return _checked(url)
    except ValueError as error:
        raise bad_request(f"{what} '{url}' is invalid: {error}") from None


def _checked(url: str) -> str:
    url = url.strip()
    if not url:
        raise ValueError("URL host is empty")
    scheme = _SCHEME.match(url)
    name = scheme[1].lower() if scheme else ""
    if name in _APP_SCHEMES:
        return url
    if "://" in url and name not in {"http", "https"}:
        raise ValueError("Unsupported URL protocol")
    if name not in {"http", "https"}:
        url = "http://" + url
    return _with_path(url)


def _with_path(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("Wrong HTTP URL") from None
    if not host:
        raise ValueError("URL host is empty")
    if not (_HOST.fullmatch(host) or ":" in host) or port == 0:
        raise ValueError("Wrong HTTP URL")
    tail = url.split("//", 1)[1][len(parts.netloc) :]
    return f"{parts.scheme}://{parts.netloc.lower()}{tail if tail.startswith('/') else '/' + tail}"
