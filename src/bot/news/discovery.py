"""The feeds that a web page names as its own (`<link rel="alternate">`)."""

from __future__ import annotations

from lxml import etree

from bot.models.feeds import FeedLink
from bot.news import plain
from bot.news.addresses import absolute
from bot.news.source import decode

MOST_LINKS = 20
_HEAD_BYTES = 500_000
_TYPES = ("rss+xml", "atom+xml", "rdf+xml", "feed+json", "application/xml", "text/xml")
_PARSER = etree.HTMLParser(
    recover=True, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
)
_ASIDE = ("comment", "kommentar", "commentaire", "comentario", "评论", "評論")


def links(data: bytes, address: str, charset: str | None = None) -> tuple[FeedLink, ...]:
    """The feeds of a page at `address`, in the page's order, those of comments last."""
    text = decode(data[:_HEAD_BYTES], charset)
    tree = etree.fromstring(text.encode(), _PARSER) if text.strip() else None
    if tree is None:
        return ()
    base = (
        absolute(address, next((each.get("href") for each in tree.iter("base")), None)) or address
    )
    found: dict[str, FeedLink] = {}
    for link in tree.iter("link"):
        url = absolute(base, link.get("href"))
        if url is not None and _is_feed(link.get("rel"), link.get("type")):
            found.setdefault(url, FeedLink(url, plain.title(link.get("title") or "")))
    return tuple(sorted(list(found.values())[:MOST_LINKS], key=_is_aside))


def _is_feed(rel: str | None, kind: str | None) -> bool:
    rels = (rel or "").lower().split()
    known = (kind or "").lower().split(";")[0].strip().endswith(_TYPES)
    return "feed" in rels or ("alternate" in rels and known)


def _is_aside(link: FeedLink) -> bool:
    said = f"{link.url} {link.title}".lower()
    return any(word in said for word in _ASIDE)
