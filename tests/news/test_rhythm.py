"""How often a feed is asked follows how often it has news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.news.rhythm import LONGEST, SHORTEST, after_failure, interval, next_wait

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def rhythm(gap: timedelta, *, silent: timedelta = timedelta(0), count: int = 30) -> timedelta:
    times = [NOW - silent - number * gap for number in range(count)]
    return interval(times, NOW, before=HOUR, news=False)


def test_a_feed_is_asked_twice_in_the_time_between_two_entries() -> None:
    assert rhythm(4 * HOUR) == 2 * HOUR


def test_the_interval_stays_within_its_bounds() -> None:
    assert rhythm(timedelta(minutes=1)) == SHORTEST
    assert rhythm(timedelta(days=30)) == LONGEST
    assert rhythm(timedelta(0)) == SHORTEST


def test_a_feed_that_fell_silent_is_asked_less_and_less() -> None:
    assert rhythm(HOUR, silent=8 * HOUR) == 2 * HOUR
    assert rhythm(HOUR, silent=timedelta(days=300)) == LONGEST


def test_one_strange_gap_does_not_change_the_rhythm() -> None:
    times = [NOW, NOW - HOUR, NOW - 2 * HOUR, NOW - timedelta(days=400)]
    assert interval(times, NOW, before=HOUR, news=True) == HOUR / 2


def test_dates_of_the_future_tell_nothing() -> None:
    times = [NOW + timedelta(days=30_000), NOW - HOUR]
    assert interval(times, NOW, before=HOUR, news=True) < HOUR


def test_without_dates_news_shortens_the_interval_and_their_absence_lengthens_it() -> None:
    assert interval([], NOW, before=HOUR, news=True) < HOUR
    assert interval([], NOW, before=HOUR, news=False) > HOUR
    assert interval([], NOW, before=LONGEST, news=False) == LONGEST


@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_what_the_feed_asks_for_is_a_lower_bound_up_to_a_day(chance: float) -> None:
    spread = pytest.approx(0.1, abs=0.11)
    assert abs(next_wait(HOUR, None, chance) / HOUR - 1) == spread
    assert abs(next_wait(HOUR, 3 * HOUR, chance) / (3 * HOUR) - 1) == spread
    assert abs(next_wait(HOUR, HOUR / 60, chance) / HOUR - 1) == spread
    assert abs(next_wait(HOUR, timedelta(days=9), chance) / LONGEST - 1) == spread


def test_failures_make_the_wait_longer_up_to_a_day() -> None:
    waits = [after_failure(failures, None, 0.5) for failures in range(1, 12)]
    assert waits[0] == SHORTEST
    assert waits == sorted(waits)
    assert waits[-1] == after_failure(5000, None, 0.5) == LONGEST


def test_a_server_that_names_a_time_is_not_asked_before_it() -> None:
    assert after_failure(1, 7200.0, 0.0) == 2 * HOUR
    assert after_failure(1, 1.0, 0.5) == SHORTEST
    assert after_failure(1, 1e12, 0.0) == timedelta(days=7)
