"""Atom 1.0 (RFC 4287) and 0.3."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from typing import TYPE_CHECKING

from bot.news.formats import tree
from bot.news.formats.raw import Raw, RawEntry, Words
from bot.news.formats.rss import every
from bot.news.formats.tree import Fields

if TYPE_CHECKING:
    from bot.news.formats.raw import Source
    from bot.news.formats.tree import Element

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Plain text by its type that is HTML all the same.
_LOOKS_MARKED_UP = re.compile(r"</[a-zA-Z]\w*>|<br\s*/?>", re.IGNORECASE)
# Content of any other type is base64 (RFC 4287, 4.1.3.3).
_ENCODED = re.compile(r"(?!text/|.*[+/](?:xml|xhtml|html)\b)\w+/")
_PLAIN = {"text", "text/plain", ""}


def fits(source: Source) -> bool:
    root = source.root
    if root is None or tree.name_of(root) == "html":
        return False
    return tree.name_of(root) == "feed" or bool(tree.entries(root, "entry"))


def read(source: Source) -> Raw:
    root: Element = source.root
    feed = next(iter(tree.entries(root, "feed")), root)
    fields = Fields(feed)
    return Raw(
        base=feed.base or source.address,
        title=_words(fields, "title"),
        link=_link(fields),
        language=feed.get(_LANG),
        every=every(fields),
        entries=tuple(_entry(each, source.address) for each in tree.entries(root, "entry")),
    )


def _entry(entry: Element, address: str) -> RawEntry:
    fields = Fields(entry)
    return RawEntry(
        base=entry.base or address,
        guid=fields.text("id"),
        link=_link(fields) or _enclosure(fields) or tree.address(fields.text("id")),
        title=_words(fields, "title", "media:title") or fields.inside("title"),
        summary=_words(fields, "summary", "media:description") or fields.inside("description"),
        content=_words(fields, "content"),
        published=fields.text("published", "issued", "created", "dc:date"),
        updated=fields.text("updated", "modified"),
        categories=_categories(fields),
    )


def _words(fields: Fields, *names: str) -> Words:
    found = (_said(element) for element in fields.all(*names))
    return next(filter(None, found), Words())


def _said(element: Element) -> Words:
    kind = element.get("type", "").lower()
    if element.get("mode") == "base64" or _ENCODED.match(kind):
        return Words(_decoded(tree.text_of(element)))
    words = tree.words_of(element)
    plain = kind in _PLAIN and not len(element)
    return Words(words.text, markup=not plain or bool(_LOOKS_MARKED_UP.search(words.text)))


def _decoded(text: str) -> str:
    """Of Atom 0.3's base64; what is none, or a picture, is nothing."""
    try:
        return b64decode(text).decode()
    except (binascii.Error, ValueError):
        return ""


def _link(fields: Fields) -> str | None:
    """The page for people: an alternate one, of HTML if there are several."""
    links = [each for each in fields.all("link") if each.get("href")]
    pages = [each for each in links if each.get("rel", "alternate").endswith("alternate")]
    pages.sort(key=lambda each: "html" not in each.get("type", "text/html"))
    if pages:
        return str(pages[0].get("href"))
    sources = (each.get("src") for each in fields.all("content"))
    return next(filter(None, sources), None) or fields.text("link")


def _enclosure(fields: Fields) -> str | None:
    links = fields.all("link")
    return next((each.get("href") for each in links if each.get("rel") == "enclosure"), None)


def _categories(fields: Fields) -> tuple[str, ...]:
    found = (each.get("label") or each.get("term") for each in fields.all("category"))
    return tuple(text.strip() for text in found if text and text.strip())
