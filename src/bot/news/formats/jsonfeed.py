"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from bot.news.formats.raw import Raw, RawEntry, Words
from bot.news.formats.tree import MOST_ENTRIES
from bot.news.source import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.news.formats.raw import Source

# Line ends within a text are no mistake worth a feed.
_DECODER = json.JSONDecoder(strict=False)
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_NEXT = re.compile(r"[\s,]*(?=\{)")


def fits(source: Source) -> bool:
    return source.text[:200].lstrip().startswith("{") and isinstance(_items(source.text), list)


def read(source: Source) -> Raw:
    found = _object(source.text)
    items = found["items"][:MOST_ENTRIES]
    return Raw(
        base=source.address,
        title=_plain(found.get("title")),
        link=_text(found.get("home_page_url")),
        language=_text(found.get("language")),
        every=None,
        entries=tuple(_entry(each, source) for each in items if isinstance(each, dict)),
    )


def _entry(item: dict[str, Any], source: Source) -> RawEntry:
    content = Words(_text(item.get("content_html")) or "")
    tags = item.get("tags")
    return RawEntry(
        base=source.address,
        guid=_text(item.get("id")),
        link=_link(item),
        title=_plain(item.get("title")),
        summary=_plain(item.get("summary")),
        content=content or _plain(item.get("content_text")),
        published=_text(item.get("date_published")),
        updated=_text(item.get("date_modified")),
        categories=tuple(filter(None, map(_text, tags if isinstance(tags, list) else ()))),
    )


def _link(item: dict[str, Any]) -> str | None:
    attachments = item.get("attachments")
    first = attachments[0] if isinstance(attachments, list) and attachments else None
    attached = first.get("url") if isinstance(first, dict) else None
    found = (item.get("url"), item.get("external_url"), attached)
    return next(filter(None, map(_text, found)), None)


def _items(text: str) -> object:
    return _object(text).get("items")


def _object(text: str) -> dict[str, Any]:
    try:
        found = _DECODER.decode(text)
    except RecursionError:
        return {}
    except ValueError:
        return _damaged(text)
    return found if isinstance(found, dict) else {}


def _damaged(text: str) -> dict[str, Any]:
    """What stands before the items, and these up to the damage."""
    found = _ITEMS.search(text)
    if found is None:
        return {}
    try:
        head = _DECODER.decode(text[: found.start()].rstrip(", \t\r\n") + "}")
    except (ValueError, RecursionError):
        head = {}
    return {**head, "items": list(_whole_items(text, found.end()))}


def _whole_items(text: str, place: int) -> Iterator[object]:
    with suppress(ValueError, RecursionError):
        while begin := _NEXT.match(text, place):
            item, place = _DECODER.raw_decode(text, begin.end())
            yield item


def _text(value: object) -> str | None:
    """Numbers count: ids often are some. Half a pair or a zero may be escaped there, as nowhere
    else, and no database would take it.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return cleaned(str(value))


def _plain(value: object) -> Words:
    return Words(_text(value) or "", markup=False)
