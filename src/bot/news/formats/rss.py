"""RSS of all ages: 0.9x, 2.0, and 1.0, whose items stand beside the channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.news.formats import tree
from bot.news.formats.raw import Raw, RawEntry, Words
from bot.news.formats.tree import Fields

if TYPE_CHECKING:
    from bot.news.formats.raw import Source
    from bot.news.formats.tree import Element

_ROOTS = {"rss", "rdf", "channel"}
_DAY = 86_400.0
_PERIODS = {"hourly": 3600.0, "daily": _DAY, "weekly": 7 * _DAY, "monthly": 30 * _DAY,
            "yearly": 365 * _DAY}  # fmt: skip
_MEDIA = ("audio/", "video/")


def fits(source: Source) -> bool:
    root = source.root
    if root is None:
        return False
    name = tree.name_of(root)
    if name in _ROOTS:
        return True
    return name not in {"feed", "html"} and bool(tree.entries(root, "item"))


def read(source: Source) -> Raw:
    root: Element = source.root
    channel = next(iter(tree.entries(root, "channel")), root)
    fields = Fields(channel)
    items = tree.entries(root, "item")
    return Raw(
        base=channel.base or source.address,
        title=fields.words("title", "dc:title"),
        link=fields.text("link") or _alternate(fields),
        language=fields.text("language", "dc:language"),
        every=every(fields),
        entries=tuple(_entry(item, source.address) for item in items),
    )


def _entry(item: Element, address: str) -> RawEntry:
    fields = Fields(item)
    return RawEntry(
        base=item.base or address,
        guid=fields.text("guid", "dc:identifier", "atom:id", "id") or tree.about(item),
        link=_link(fields, item),
        title=_title(fields),
        summary=fields.words(
            "description", "summary", "dc:description", "atom:summary", "itunes:summary",
            "media:description", "abstract",
        )
        or fields.inside("description"),
        content=fields.words("content:encoded", "xhtml:body", "body", "atom:content", "fulltext",
                             "fullitem"),
        published=fields.text("pubdate", "dc:date", "dcterms:issued", "dcterms:created", "date",
                              "atom:published", "published"),
        updated=fields.text("dcterms:modified", "atom:updated", "updated"),
        categories=_categories(fields),
    )  # fmt: skip


def _title(fields: Fields) -> Words:
    told = fields.words("title", "dc:title", "atom:title", "itunes:title", "media:title")
    return told or fields.inside("title")


def _link(fields: Fields, item: Element) -> str | None:
    """Its own link; where the feed went through FeedBurner, what it was before."""
    return (
        fields.text("feedburner:origlink", "link")
        or _href(fields)
        or _alternate(fields)
        or _guid(fields)
        or tree.about(item)
        or _enclosure(fields)
        or item.get("href")
        or item.get("HREF")
    )


def _href(fields: Fields) -> str | None:
    return next((link.get("href") for link in fields.all("link") if link.get("href")), None)


def _alternate(fields: Fields) -> str | None:
    links = fields.all("atom:link")
    return next(
        (link.get("href") for link in links if link.get("rel", "alternate") == "alternate"), None
    )


def _guid(fields: Fields) -> str | None:
    """A guid is an address unless it says that it is none."""
    for guid in fields.all("guid"):
        is_one = guid.get("isPermaLink", guid.get("ispermalink", "true")).lower() != "false"
        if is_one and (found := tree.address((guid.text or "").strip())):
            return found
    return None


def _enclosure(fields: Fields) -> str | None:
    found = [each for each in fields.all("enclosure", "media:content") if each.get("url")]
    found.sort(key=lambda each: not each.get("type", "").startswith(_MEDIA))
    return found[0].get("url") if found else None


def _categories(fields: Fields) -> tuple[str, ...]:
    found = fields.all("category", "dc:subject")
    texts = (tree.text_of(each).strip() or each.get("term", "") for each in found)
    return tuple(text for text in texts if text)


def every(fields: Fields) -> float | None:
    """The longer of what `ttl` (minutes) and the syndication module say."""
    asked = [_number(fields.text("ttl")) * 60]
    period = (fields.text("sy:updateperiod") or "").lower()
    if period in _PERIODS:
        often = _number(fields.text("sy:updatefrequency")) or 1.0
        asked.append(_PERIODS[period] / often)
    return max(asked) or None


def _number(text: str | None) -> float:
    return float(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0.0
