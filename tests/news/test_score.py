"""Which entry leads a story, and which story leads the news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.news.score import HALF_LIFE, lead, score

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)


def ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


def test_what_is_newer_goes_first_and_several_sources_count_for_hours() -> None:
    assert score(ago(1), 1, 1) > score(ago(2), 1, 1)
    assert score(ago(8), 3, 1) > score(ago(1), 1, 1)
    assert score(ago(48), 3, 1) < score(ago(1), 1, 1)


def test_a_feed_of_twice_the_weight_is_worth_a_half_life() -> None:
    assert score(NOW - HALF_LIFE, 1, 2) == score(NOW, 1, 1)
    assert score(NOW, 0, 0) < score(NOW, 1, 1)


def test_waiting_changes_no_order() -> None:
    older, newer = score(ago(5), 4, 1), score(ago(3), 2, 1)
    later = timedelta(days=300)
    assert (older > newer) == (score(ago(5) + later, 4, 1) > score(ago(3) + later, 2, 1))


def test_news_from_before_computers_has_a_score() -> None:
    assert score(datetime(1863, 1, 10, tzinfo=UTC), 1, 1) < score(NOW, 1, 1)


def test_the_best_feed_leads_then_who_says_most_then_who_was_first() -> None:
    assert lead([(1, 5000, ago(3)), (2, 10, ago(1))]) == 1
    assert lead([(1, 0, ago(3)), (1, 900, ago(2)), (1, 50, ago(1))]) == 1
    assert lead([(1, 700, ago(1)), (1, 900, ago(2)), (1, 5000, ago(1.5))]) == 1
    assert lead([(1, 0, NOW)]) == 0
