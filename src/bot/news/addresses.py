"""Addresses compared: the same page under another spelling is the same page."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from w3lib.url import canonicalize_url

MOST_CHARS = 2048

# What only tells where a reader came from. Names like `id`, `p`, `cid` or `source` are left alone:
# courlan drops them, and with them the difference between two articles.
_TRACKING = re.compile(
    r"""(?: utm_\w* | itm_\w* | mtm_\w* | pk_(?:campaign|kwd|source|medium|keyword|content|cid)
      | hsa_\w* | oly_(?:anon|enc)_id | at_(?:medium|campaign|custom\d|link\w*|format|ptr_name)\w*
      | ns_(?:mchannel|source|campaign|linkname|fee) | mc_[ce]id | vero_(?:id|conv) | _hs(?:enc|mi)
      | fbclid | gclid | gclsrc | dclid | gbraid | wbraid | msclkid | yclid | twclid | ttclid
      | igshid | igsh | li_fat_id | mkt_tok | wt_mc | cmp(?:id)? | ncid | xtor | ito | s_cid
      | smid | smtyp | sref | ref(?:_?src|_?url|errer|erer)? | ocid | sr_share | spm | share_\w*
      | from(?:=rss|=timeline|=singlemessage|=groupmessage) | source=rss | rss=\w* | feed=rss
      | output(?:type)?=amp | amp(?:=\w*)?
    )(?:=.*)?$""",
    re.IGNORECASE | re.VERBOSE,
)
_WHOLE = re.compile(r"https?://[\w.-]*\w(?=[/?#]|$)")
# Where it goes on in the next line.
_BROKEN = re.compile(r"\s*[\r\n\t]\s*")
_HOST = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)", re.IGNORECASE)
_AMP_END = re.compile(r"(?:/amp|\.amp|/amp\.html)/?$", re.IGNORECASE)
_AMP_START = re.compile(r"^/amp(?=/.)", re.IGNORECASE)
_INDEX = re.compile(r"/index\.(?:html?|php|aspx?)$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def canonical(url: str) -> str | None:
    """`host/path?query` without scheme, tracking and fragment; None for what is no web address.

    The address is good for comparing, not for opening.
    """
    with suppress(ValueError):
        parts = urlsplit(canonicalize_url(url))
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return None
        host = _HOST.sub("", parts.hostname)
        port = parts.port
        if port is not None and port not in {80, 443}:
            host = f"{host}:{port}"
        query = [each for each in parts.query.split("&") if each and not _TRACKING.match(each)]
        path = _AMP_START.sub("", _AMP_END.sub("", parts.path))
        path = _INDEX.sub("", path).rstrip("/")
        return "?".join(filter(None, (f"{host}{path}", "&".join(query))))
    return None


def absolute(base: str, url: str | None) -> str | None:
    """A web address, whole, from what a feed or a page writes; None where there is none."""
    url = _BROKEN.sub("", (url or "").strip()).replace(" ", "%20")
    if not url or len(url) > MOST_CHARS:
        return None
    if _WHOLE.match(url):
        return url
    with suppress(ValueError):
        whole = urljoin(base, url)
        parts = urlsplit(whole)
        if (
            parts.scheme.lower() in {"http", "https"}
            and parts.hostname
            and len(whole) <= MOST_CHARS
        ):
            return whole
    return None


def is_front_page(canonical_url: str) -> bool:
    """Whether an address names a site and none of its pages."""
    return "/" not in canonical_url and "?" not in canonical_url
