"""What an answer's headers say, as far as it can be believed."""

from __future__ import annotations

import codecs
import re
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from bot.config import WEB_HOLD_SECONDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    Headers = Mapping[str, str]

_MOST_VALIDATOR_CHARS = 512
_MOST_FRESH_SECONDS = 365 * 24 * 3600.0
# Encodings of text to Python, but not of pages.
_NO_CHARSETS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}
_MIME = re.compile(r"[a-z0-9!#$&^_.+-]{1,64}/[a-z0-9!#$&^_.+-]{1,127}")
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([A-Za-z0-9._:+-]{1,40})", re.IGNORECASE)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?([0-9]{1,10})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"(?:^|[\s,])no-(?:store|cache)(?:$|[\s,])", re.IGNORECASE)
_SECONDS = re.compile(r"\s*([0-9]{1,10})(?:\.[0-9]*)?\s*")


def content_type(headers: Headers) -> str:
    """`text/html`; empty if it is not told or makes no sense."""
    mime = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return mime if _MIME.fullmatch(mime) else ""


def charset(headers: Headers) -> str | None:
    """One that Python knows how to decode."""
    found = _CHARSET.search(headers.get("Content-Type", ""))
    if not found:
        return None
    try:
        name = codecs.lookup(found[1]).name
        if name in _NO_CHARSETS:
            return None
        b"x".decode(name, "ignore")
    except LookupError:
        return None
    return name


def validator(headers: Headers, name: str) -> str | None:
    """An ETag or Last-Modified that can be kept and sent back."""
    value = headers.get(name, "").strip()
    fits = value.isascii() and value.isprintable() and len(value) <= _MOST_VALIDATOR_CHARS
    return value if value and fits else None


def retry_after(headers: Headers, now: datetime) -> float | None:
    """Seconds from now, told as such or as a date (RFC 9110, 10.2.3); a day at most."""
    value = headers.get("Retry-After", "")
    if seconds := _SECONDS.fullmatch(value):
        told = float(seconds[1])
    elif until := _date(value):
        told = (until - _sent(headers, now)).total_seconds()
    else:
        return None
    return min(max(0.0, told), WEB_HOLD_SECONDS)


def fresh_for(headers: Headers, now: datetime) -> float | None:
    """Seconds from now, by Cache-Control or else Expires (RFC 9111, 4.2.1)."""
    control = headers.get("Cache-Control", "")
    if _NOT_KEPT.search(control):
        return 0.0
    if age := _MAX_AGE.search(control):
        told = float(age[1]) - _age(headers)
    elif until := _date(headers.get("Expires", "")):
        told = (until - _sent(headers, now)).total_seconds()
    else:
        return None
    return min(max(0.0, told), _MOST_FRESH_SECONDS)


def _age(headers: Headers) -> float:
    found = _SECONDS.fullmatch(headers.get("Age", ""))
    return float(found[1]) if found else 0.0


def _sent(headers: Headers, now: datetime) -> datetime:
    """By the server's own clock, which the dates beside it go by."""
    return _date(headers.get("Date", "")) or now


def _date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
