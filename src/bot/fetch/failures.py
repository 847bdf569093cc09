"""Whatever goes wrong on the way, in one sentence; what libraries say stays inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp

from bot.errors import Gone, WebError
from bot.fetch import coding, headers
from bot.texts import mark

if TYPE_CHECKING:
    from datetime import datetime

# Everything that may go wrong between the request and the last byte of the answer.
EXPECTED = (aiohttp.ClientError, OSError, UnicodeError, coding.Cut, *coding.BROKEN)

PACKED = mark("{host} packs its pages in a way that can't be unpacked.")
_CUT_SHORT = mark("The connection to {host} broke off before the page had come through.")
_SILENT = mark("{host} made no secure connection in time; perhaps its address begins with http://.")
_UNREADABLE = mark("{host} answers in a way that can't be understood.")
# The first that fits; the special ones stand before those that they are special cases of.
_SENTENCES: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (aiohttp.ClientHttpProxyError, mark("The web proxy does not let us through to {host}.")),
    (aiohttp.ClientProxyConnectionError, mark("The web proxy can't be reached.")),
    (
        aiohttp.ClientConnectorCertificateError,
        mark("{host} can't be trusted: its certificate is not in order."),
    ),
    (aiohttp.ClientSSLError, mark("No secure connection to {host} can be made.")),
    (TimeoutError, mark("{host} took too long to answer.")),
    (aiohttp.ClientConnectorError, mark("{host} can't be reached.")),
    ((aiohttp.ServerDisconnectedError, aiohttp.ClientPayloadError, coding.Cut), _CUT_SHORT),
    (coding.BROKEN, PACKED),
    (OSError, _CUT_SHORT),
)

_REFUSED = mark("{host} does not show that page to everybody (answer {status}).")
_MISSING = mark("There is no such page on {host} (answer {status}).")
_BUSY = mark("{host} is too busy for us now; please try again later (answer {status}).")
_BROKEN = mark("{host} has a problem of its own; please try again later (answer {status}).")
_OTHER = mark("{host} does not give that page (answer {status}).")
_ANSWERS = {401: _REFUSED, 402: _REFUSED, 403: _REFUSED, 404: _MISSING, 407: _REFUSED,
            429: _BUSY, 451: _REFUSED, 503: _BUSY}  # fmt: skip
_RESTING = (429, 503)


def told(error: Exception, host: str, *, secure: bool = False) -> WebError:
    """The sentence for one of `EXPECTED`, which came of an address with https if `secure`."""
    if secure and isinstance(error, aiohttp.ConnectionTimeoutError):
        return WebError(_SILENT, host=host)
    for kind, sentence in _SENTENCES:
        if isinstance(error, kind):
            return WebError(sentence, host=host)
    return WebError(_UNREADABLE, host=host)


def refusal(response: aiohttp.ClientResponse, host: str, now: datetime) -> WebError:
    """The sentence for an answer that is no page."""
    status = response.status
    if status == 410:
        return Gone(mark("That page of {host} is gone for good."), host=host, status=status)
    rest = headers.retry_after(response.headers, now) if status in _RESTING else None
    sentence = _ANSWERS.get(status, _BROKEN if status >= 500 else _OTHER)
    return WebError(sentence, host=host, status=status, retry_after=rest)
