"""What stands in content/ is worth reading twice, but stands there once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.content import read_folder
from bot.models.headlines import TOPICS
from bot.reading.lines import lines
from bot.reading.outline import headings
from bot.render.jokes import CATEGORIES
from bot.words.similar import alike

FOUND = read_folder(Path(__file__).parents[2] / "content")
LANGUAGES = ("en", "zh")
# Two jokes may share a setting; above this they share their words.
JOKES_ALIKE, HEADLINES_ALIKE = 0.4, 0.5
LEAST_JOKES = {"en": 300, "zh": 150}


def test_every_file_is_read_without_a_problem() -> None:
    assert [str(problem) for problem in FOUND.problems] == []


def test_ids_are_unique_over_all_shelves() -> None:
    keys = Counter(entry.key for entry in FOUND.entries())
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_jokes_are_nearly_the_same(language: str) -> None:
    jokes = [joke for joke in FOUND.jokes if joke.language == language]
    texts = [f"{joke.text} {joke.punchline or ''}" for joke in jokes]
    pairs = [(jokes[one].key, jokes[two].key) for one, two, _ in alike(texts, JOKES_ALIKE)]
    assert pairs == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shelf_of_jokes_is_full_and_its_categories_have_names(language: str) -> None:
    jokes = [joke for joke in FOUND.jokes if joke.language == language]
    assert len(jokes) >= LEAST_JOKES[language]
    categories = {joke.category for joke in jokes}
    assert len(categories) >= 12
    assert categories <= CATEGORIES.keys()


def test_every_report_outlines_into_numbered_parts_with_sub_parts() -> None:
    assert len(FOUND.reports) >= 8
    for report in FOUND.reports:
        found = headings(lines(report.text)).values()
        levels = Counter(heading.section.level for heading in found)
        assert levels[1] >= 3, report.key
        assert levels[2] >= 6, report.key


def test_every_sample_headline_says_that_it_is_one_and_when_it_was() -> None:
    assert len(FOUND.headlines) >= 40
    for headline in FOUND.headlines:
        assert headline.sample, headline.key
        assert headline.source.startswith(("Sample ", "样例")), headline.key
        assert headline.topic in TOPICS, headline.key
        assert headline.published.utcoffset() is not None, headline.key


def test_no_two_headlines_use_the_same_words_even_for_the_same_event() -> None:
    texts = [headline.text for headline in FOUND.headlines]
    pairs = [
        (FOUND.headlines[one].key, FOUND.headlines[two].key)
        for one, two, _ in alike(texts, HEADLINES_ALIKE)
    ]
    assert pairs == []


def test_the_feeds_speak_many_languages_and_stand_there_once() -> None:
    urls = Counter(feed.url for feed in FOUND.feeds)
    assert len(urls) >= 100
    assert max(urls.values()) == 1
    languages = Counter(feed.language for feed in FOUND.feeds)
    assert languages["zh"] >= 25
    assert sum(languages.values()) - languages["zh"] - languages["en"] >= 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_has_words_and_no_two_share_one(language: str) -> None:
    lists = [each for each in FOUND.topics if each.language == language]
    assert {each.topic for each in lists} == set(TOPICS)
    words = Counter(word for each in lists for word in each.words)
    assert [word for word, count in words.items() if count > 1] == []
