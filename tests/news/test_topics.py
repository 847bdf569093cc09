"""A headline stands where its readers look for it."""

from __future__ import annotations

import pytest

from bot.news.topics import topic_of
from tests.store.samples import entry

WORDS = {
    "football": "sport", "world cup": "sport", "goal": "sport", "vaccine": "health",
    "election": "world", "足球": "sport", "世界杯": "sport", "疫苗": "health",
}  # fmt: skip


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Late goals decide the derby", "sport"),
        ("A World Cup for everybody", "sport"),
        ("FOOTBALL: ＧＯＡＬ of the year", "sport"),
        ("Footballers meet the mayor", "world"),
        ("Nothing in particular happened", "world"),
        ("Election night, then football", "world"),
        ("中国队世界杯首胜", "sport"),
        ("新疫苗获批", "health"),
        ("", "world"),
        ("🏆🏆🏆", "world"),
    ],
)
def test_of_a_feed_about_everything_each_headline_goes_by_its_words(title: str, topic: str) -> None:
    assert topic_of(entry("a", title, ""), "world", WORDS) == topic


def test_a_feed_about_one_thing_keeps_what_only_mentions_another() -> None:
    assert topic_of(entry("a", "A phone app for football"), "technology", WORDS) == "technology"


def test_what_a_feed_files_elsewhere_itself_goes_there() -> None:
    filed = entry("a", "The goal that nobody saw", categories=("Football", "Sunday"))
    assert topic_of(filed, "technology", WORDS) == "sport"


def test_words_far_down_in_an_article_do_not_count() -> None:
    text = "Something else. " * 30 + "vaccine goal vaccine"
    assert topic_of(entry("a", "A title", text), "world", WORDS) == "world"


def test_without_words_a_headline_stays_where_its_feed_is() -> None:
    assert topic_of(entry("a", "Football", categories=("football",)), "culture", {}) == "culture"
