"""What the web door brings home."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page, or with status 304 the news that it is still the one we know.

    `url` is where it was found, `moved` how far permanent redirects alone led (None: nowhere).
    `body` is unpacked, `content_type` in small letters ("" if not told), `charset` a codec that
    Python knows. `etag` and `last_modified` are to be sent next time; `fresh_for` says for how
    many seconds that is not worth while.
    """

    url: str
    moved: str | None
    status: int
    body: bytes
    content_type: str = ""
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    fresh_for: float | None = None
