"""Cities and zones as people name them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

import pytest

from bot.schedule import cities, zones

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True, scope="module")
def _read_once() -> Iterator[None]:
    """The gazetteer takes a second each time."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cities, "_rows", cache(cities._rows))
        yield


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("北京", "Asia/Shanghai"),
        ("北京市", "Asia/Shanghai"),
        ("Beijing", "Asia/Shanghai"),
        ("重庆", "Asia/Shanghai"),
        ("chengdu", "Asia/Shanghai"),
        ("成都", "Asia/Shanghai"),
        ("台北", "Asia/Taipei"),
        ("München", "Europe/Berlin"),
        ("munich", "Europe/Berlin"),
        ("São Paulo", "America/Sao_Paulo"),
        ("new york", "America/New_York"),
        ("伦敦", "Europe/London"),
        ("Gießen", "Europe/Berlin"),
        ("Москва", "Europe/Moscow"),
        ("纽约", "America/New_York"),
        ("罗马", "Europe/Rome"),
        ("华盛顿", "America/New_York"),
        ("西雅图", "America/Los_Angeles"),
        ("河内", "Asia/Bangkok"),
        ("胡志明市", "Asia/Ho_Chi_Minh"),
        ("仁川", "Asia/Seoul"),
    ],
)
def test_a_city_has_the_zone_of_its_largest_namesake(name: str, zone: str) -> None:
    assert cities.find(name)[0].zone == zone


def test_namesakes_in_other_zones_are_offered_too() -> None:
    assert {city.zone for city in cities.find("Springfield")} == {
        "America/Chicago", "America/New_York", "America/Los_Angeles",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["", "nowhere at all", "🙂", "%_'\"", "x" * 5000, "\x1e", "\n"])
def test_what_is_no_city_is_none(name: str) -> None:
    assert cities.find(name) == ()


def test_the_largest_cities_are_one_a_zone_and_every_zone_is_known() -> None:
    found = cities.largest()
    assert len({city.zone for city in found}) == len(found) > 300
    assert {city.zone for city in found} <= available_timezones()
    assert found[0].population > 20_000_000


def test_a_zone_is_found_in_any_case() -> None:
    assert zones.named("europe/berlin") == "Europe/Berlin"
    assert zones.named("America/New York") == "America/New_York"
    assert zones.named("utc") == "UTC"
    assert zones.named("EST") == "America/New_York"
    assert zones.named("localtime") is None
    assert zones.named("../../etc/passwd") is None


def test_an_hour_on_the_wall_gives_the_largest_cities_that_have_it() -> None:
    now = datetime(2024, 5, 1, 12, 14, tzinfo=UTC)
    found = zones.where_it_is(20, now, cities.largest())
    assert found[0].name == "Shanghai"
    assert all(city.zone != "Europe/Berlin" for city in found)
    mumbai = zones.where_it_is(17, now, cities.largest())
    assert "Asia/Kolkata" in {city.zone for city in mumbai}
