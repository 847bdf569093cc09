"""Web pages: the article without what stands around it, by trafilatura (Barbaresi, 2021)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trafilatura import bare_extraction, load_html

from bot.config import MAX_PAGE_BYTES
from bot.errors import UserError
from bot.reading.formats import markup
from bot.reading.formats.draft import Draft, tidy
from bot.words import encodings

if TYPE_CHECKING:
    from bot.models.documents import Document
    from bot.reading.formats.xml import Element

_HEAD_BYTES = 4_096
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_FRAGMENT = re.compile(rb"\s*<(?:p|div|article|section|h[1-6]|table|ul|ol)[\s>].*</", re.DOTALL)
_META_CHARSET = re.compile(
    rb"<meta\s[^>]*charset\s*=[\s\"']*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE
)
_WORTH = 200


def fits(data: bytes) -> bool:
    """Markup at the very beginning: a text that only speaks of HTML is a text."""
    head = data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")
    head = head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip()
    if not head.startswith(b"<"):
        return False
    return _PAGE.search(head) is not None or _FRAGMENT.match(head) is not None


def read(data: bytes) -> Document:
    """The article; all of the page where none is found."""
    if len(data) > MAX_PAGE_BYTES:
        raise UserError(
            "That page is too large: it may have {most} MB.", most=MAX_PAGE_BYTES // 2**20
        )
    told = _META_CHARSET.search(data[:_HEAD_BYTES])
    tree = load_html(encodings.to_utf8(data, told[1].decode()) if told else data)
    if tree is None:
        raise UserError("There is nothing to read: the page has no text.")
    title, language = _title(tree), tree.get("lang") or tree.get("{*}lang")
    found = bare_extraction(tree, fast=True, include_comments=False, include_formatting=False)
    draft = Draft()
    body = getattr(found, "body", None)
    if body is not None:
        markup.blocks(body, draft, _level)
    if draft.length < _WORTH:
        whole = Draft()
        markup.blocks(_body(tree), whole, markup.heading_level)
        draft = whole if whole.length > 2 * draft.length else draft
    return draft.document(title, language)


def _body(tree: Element) -> Element:
    found = tree.find("body")
    return tree if found is None else found


def _level(element: Element) -> int | None:
    """trafilatura's `head` keeps the level it had."""
    if element.tag != "head":
        return None
    rend = element.get("rend") or "h2"
    return int(rend[1]) if rend[1:2].isdecimal() else 2


def _title(tree: Element) -> str | None:
    """The page's main heading if its title says it too, else what it tells other sites.

    The name of the site may be such a heading, and is shorter.
    """
    told = tidy(tree.xpath("string(//meta[@property='og:title']/@content)"))
    named = tidy(tree.xpath("string(//head/title)"))
    headings = [tidy(" ".join(h1.itertext())) for h1 in tree.xpath("//h1")[:5]]
    said = (each for each in headings if each and (each in named or each == told))
    best = max(said, key=len, default=told)
    return (best if best in told else max(best, told, key=len)) or named or None
