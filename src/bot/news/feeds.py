"""The bytes of a feed become its entries, in plain text, with the keys that name each for good."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.config import MAX_FEED_BYTES, MAX_FEED_ENTRIES
from bot.errors import UserError
from bot.models.feeds import Entry, Feed
from bot.news import dates, entries, plain
from bot.news.addresses import MOST_CHARS, absolute
from bot.news.formats import ROLL, lenient
from bot.news.formats.raw import Source
from bot.news.formats.tree import name_of, nests_entities
from bot.news.formats.tree import parse as tree_of
from bot.news.source import decode

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.news.formats.raw import Raw, RawEntry

_ENTRY = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:(?><!--.{0,2000}?-->)\s*)*+<(?:!doctype\s+html|html|head|body)\b",
                   re.IGNORECASE | re.DOTALL)  # fmt: skip
_LANGUAGE = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$)")
_LONGEST_ASKED = timedelta(days=30)
_ALWAYS = datetime.max.replace(tzinfo=UTC)
_TITLE_FROM_TEXT = 100
_CATEGORIES, _CATEGORY_CHARS = 20, 60
# What stands under so many titles is no news.
_SLOGAN_OF = 3


class NotAFeed(UserError):
    """The bytes are something else; `page` says whether a web page."""

    def __init__(self, message: str, *, page: bool = False, **values: object) -> None:
        super().__init__(message, **values)
        self.page = page


def parse(data: bytes, address: str, content_type: str = "", charset: str | None = None) -> Feed:
    """Read a feed as far as it goes; at most `MAX_FEED_ENTRIES`, the newest ones.

    `address` is where it was found, and what relative links are relative to. Raises `NotAFeed` for
    what is none, and a UserError for what is too large.
    """
    if len(data) > MAX_FEED_BYTES:
        raise UserError(
            "The feed is too large: it may have {most} MB.", most=MAX_FEED_BYTES // 2**20
        )
    text = decode(data, charset)
    if not text.strip():
        raise NotAFeed("The feed is empty: its address answers, but with nothing.")
    if nests_entities(text):
        raise NotAFeed("The feed hides a bomb of entities within entities; it is not read.")
    is_json = text[:200].lstrip().startswith(("{", "["))
    source = Source(text, address, None if is_json else tree_of(text, address))
    return _feed(_raw(source, content_type))


def _raw(source: Source, content_type: str) -> Raw:
    """The reading with the most entries, where the feed is damaged and there are two."""
    form = next((form for form in ROLL if form.fits(source)), None)
    raw = form.read(source) if form is not None else None
    found = len(raw.entries) if raw is not None else 0
    named = sum(1 for _ in _ENTRY.finditer(source.text[: lenient.MOST_CHARS]))
    if found < named and not _is_page(source):
        other = lenient.read(source)
        if len(other.entries) > found:
            return other
    if raw is None:
        raise _other(source, content_type)
    return raw


def _is_page(source: Source) -> bool:
    return _PAGE.match(source.text[:8192]) is not None


def _other(source: Source, content_type: str) -> NotAFeed:
    name = name_of(source.root) if source.root is not None else ""
    if name == "html" or _is_page(source) or "html" in content_type:
        return NotAFeed("That address gives a web page, not a feed.", page=True)
    if source.text[:200].lstrip().startswith(("{", "[")):
        return NotAFeed("That address gives JSON, but no JSON Feed.")
    if name:
        return NotAFeed("That address gives XML, but neither RSS nor Atom.")
    return NotAFeed("That address gives no feed: neither RSS nor Atom nor JSON Feed.")


def _feed(raw: Raw) -> Feed:
    found = (_entry(each) for each in _newest(raw.entries)[:MAX_FEED_ENTRIES])
    return Feed(
        title=plain.title(raw.title.text, markup=raw.title.markup),
        link=absolute(raw.base, raw.link),
        language=_language(raw.language),
        entries=entries.named(_own_words([entry for entry in found if entry is not None])),
        every=_every(raw.every),
    )


def _own_words(found: Sequence[Entry]) -> list[Entry]:
    """Without the lines that entries of several titles have in common, such as the paper's slogan:
    they say nothing of any event, and would make one story of all.
    """
    titles: defaultdict[str, set[str]] = defaultdict(set)
    for each in found:
        for line in {*each.summary.split("\n"), *each.content.split("\n")}:
            titles[line].add(each.title)
    common = {line for line, some in titles.items() if line and len(some) >= _SLOGAN_OF}
    return [_without(each, common) for each in found] if common else [*found]


def _without(entry: Entry, common: Collection[str]) -> Entry:
    def own(text: str) -> str:
        return "\n".join(line for line in text.split("\n") if line not in common).strip()

    return replace(entry, summary=own(entry.summary), content=own(entry.content))


def _newest(found: Sequence[RawEntry]) -> list[RawEntry]:
    """Newest first; one without a date keeps its place below the one before it."""
    before, places = _ALWAYS, []
    for entry in found:
        before = dates.moment(entry.published) or dates.moment(entry.updated) or before
        places.append(before)
    order = sorted(range(len(found)), key=lambda place: places[place], reverse=True)
    return [found[place] for place in order]


def _entry(raw: RawEntry) -> Entry | None:
    """In plain text; None where there is nothing to show."""
    summary = plain.paragraphs(raw.summary.text, markup=raw.summary.markup)
    content = plain.paragraphs(raw.content.text, markup=raw.content.markup)
    url = absolute(raw.base, raw.link)
    title = _title(raw, summary or content, url)
    if not title:
        return None
    published, updated = dates.moment(raw.published), dates.moment(raw.updated)
    return Entry(
        guid=(raw.guid or "")[:MOST_CHARS] or None,
        url=url,
        title=title,
        summary=entries.without_tail(summary),
        content=entries.without_tail(content),
        published=published or updated,
        updated=updated,
        categories=tuple(
            plain.title(each)[:_CATEGORY_CHARS] for each in raw.categories[:_CATEGORIES]
        ),
    )


def _title(raw: RawEntry, text: str, url: str | None) -> str:
    """Its own, else how the text begins, else its address."""
    told = plain.title(raw.title.text, markup=raw.title.markup)
    first = plain.shorten(text.partition("\n")[0], _TITLE_FROM_TEXT)
    return told or first or plain.title((url or "").partition("://")[2], markup=False)


def _language(tag: str | None) -> str | None:
    found = _LANGUAGE.match(tag or "")
    return found[1].lower()[:2] if found and len(found[1]) == 2 else None


def _every(seconds: float | None) -> timedelta | None:
    return min(timedelta(seconds=seconds), _LONGEST_ASKED) if seconds else None
