"""What makes an entry the same entry, whether it changed, and whether its text is all there is."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from bot.news.addresses import canonical, is_front_page
from bot.words.count import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.models.feeds import Entry

# A text of fewer words is a teaser: hardly an article fits into four sentences.
_WHOLE_WORDS = 120
_WHOLE_CHARS = 1_500
_MORE = (
    r"(?:continue\ reading|read\ (?:more|on|the\ (?:full|rest|whole|entire|original)\b[^.\n]{0,60})"
    r"|full\ (?:story|article|text)|(?:click|tap)\ here[^.\n]{0,40}|more\ (?:here|at)\b[^.\n]{0,40}"
    r"|weiterlesen|mehr\ (?:lesen|dazu)|lire\ la\ suite|en\ savoir\ plus|leer\ m[aá]s"
    r"|seguir\ leyendo|leggi\ (?:tutto|di\ pi[uù])|lees\ (?:meer|verder)|l[aä]s\ mer"
    r"|читать\ (?:далее|дальше)"
    r"|阅读(?:全文|更多|原文)|查看(?:全文|更多|详情|原文)|点击(?:查看|阅读)[^。\n]{0,20}"
    r"|閱讀(?:全文|更多)|続きを読む)"
)
_INVITED = re.compile(
    rf"[\[(（【«]?\s*{_MORE}\s*(?:[\])）】]|\.{{3}}|[…»›→>.:])*\s*$", re.IGNORECASE | re.VERBOSE
)
_SIGNED = re.compile(
    r"The post .{1,400}? (?:appeared first on|first appeared on) .{1,200}$", re.DOTALL
)
_REDDIT = re.compile(r"(?:submitted by \S+\s*)?\[link\]\s*\[comments\]\s*$")
_TAILS = ((_SIGNED, "The post ", 700), (_REDDIT, "[comments]", 200))
_INVITED_CHARS = 100
_CUT = re.compile(r"(?:\.{3}|…|\[…\]|\[\.\.\.\]|\(…\))\s*$")


def named(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries with their keys, each once.

    An entry is known by its guid and by its address. Where several entries of a feed share one of
    these and differ in the other (or in the title, where there is no other), the shared one names
    none of them.
    """
    whole = [(each, canonical(each.url) if each.url else None) for each in entries]
    by_guid: defaultdict[str | None, set[str]] = defaultdict(set)
    by_address: defaultdict[str | None, set[str]] = defaultdict(set)
    for each, address in whole:
        title = each.title.casefold()
        by_guid[each.guid].add(address or title)
        by_address[address].add(each.guid or title)
    found: list[Entry] = []
    taken: set[str] = set()
    for each, address in whole:
        keys = tuple(_keys(each, address, len(by_guid[each.guid]), len(by_address[address])))
        if taken.isdisjoint(keys):
            taken.update(keys)
            found.append(_told(each, address, keys))
    return tuple(found)


def _told(entry: Entry, address: str | None, keys: tuple[str, ...]) -> Entry:
    digest, teaser = _digest(entry.title, entry.text), is_teaser(entry.text)
    return replace(entry, canonical=address, keys=keys, digest=digest, teaser=teaser)


def is_teaser(text: str) -> bool:
    """Whether the text only leads to an article that stands elsewhere."""
    if _CUT.search(text[-20:]):
        return True
    return len(text) < _WHOLE_CHARS and count_words(text) < _WHOLE_WORDS


def without_tail(text: str) -> str:
    """The text without "Read more" and the like at its end."""
    if not text:
        return text
    for pattern, sign, chars in _TAILS:
        start = max(0, len(text) - chars)
        if sign in text[start:]:
            text = text[:start] + pattern.sub("", text[start:])
    start = max(0, len(text) - _INVITED_CHARS)
    return (text[:start] + _INVITED.sub("", text[start:])).rstrip()


def _keys(entry: Entry, address: str | None, addresses: int, guids: int) -> Iterable[str]:
    told = False
    if entry.guid and addresses < 2:
        told = True
        yield _hash(f"guid {entry.guid}")
    if address and guids < 2 and not is_front_page(address):
        told = True
        yield _hash(f"address {address}")
    if not told:
        yield _hash(f"both {entry.guid} {address} {entry.title.casefold()}")


def _digest(title: str, text: str) -> str:
    """Changes with the words, not with spaces or case."""
    return _hash(" ".join(f"{title}\n{text}".casefold().split()))


def _hash(text: str) -> str:
    return blake2b(text.encode(errors="replace"), digest_size=12).hexdigest()
