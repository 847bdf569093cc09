"""What readers are told in their own language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import UserError
from bot.texts import CATALOGUES, Texts, language_for, mark

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
ENGLISH, CHINESE = Texts("en"), Texts("zh")


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("en", "en"), ("en-GB", "en"), ("EN_us", "en"), ("zh", "zh"), ("zh-hans", "zh"),
        ("zh_Hans_CN", "zh"), ("zh-TW", "zh"), ("de", "zh"), ("", "zh"), (None, "zh"),
        ("english", "zh"), ("😀", "zh"),
    ],
)  # fmt: skip
def test_a_reader_gets_the_nearest_language_or_the_host_s(code: str | None, language: str) -> None:
    assert language_for(code, "zh") == language


def test_english_is_said_as_the_code_has_it_and_chinese_from_the_catalogue() -> None:
    assert ENGLISH.say("Another") == "Another"
    assert CHINESE.say("Another") == "再来一个"


def test_a_message_nobody_translated_is_said_in_english() -> None:
    assert CHINESE.say("No catalogue knows {this}.", this=1) == "No catalogue knows 1."


def test_braces_in_what_people_wrote_are_just_braces() -> None:
    word = "{word} {0} {word.__class__}"
    assert ENGLISH.say("Headlines with “{word}”", word=word) == f"Headlines with “{word}”"
    assert CHINESE.say("Headlines with “{word}”", word=word) == f"含“{word}”的头条"


def test_in_html_what_people_wrote_is_shown_as_text() -> None:
    html = ENGLISH.html("<b>{name}</b> &amp; co", name="<i>&\"'")
    assert str(html) == "<b>&lt;i&gt;&amp;&#34;&#39;</b> &amp; co"


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    assert ENGLISH.number(1429) == "1,429"
    assert ENGLISH.plural("{n} word", "{n} words", 1) == "1 word"
    assert ENGLISH.plural("{n} word", "{n} words", 1429) == "1,429 words"
    assert CHINESE.plural("{n} word", "{n} words", 1) == "1 词"
    assert CHINESE.plural("{n} word", "{n} words", 1429) == "1,429 词"


@pytest.mark.parametrize(
    ("age", "english", "chinese"),
    [
        (timedelta(0), "1 minute ago", "1分钟前"),
        (timedelta(seconds=-90), "1 minute ago", "1分钟前"),
        (timedelta(minutes=5), "5 minutes ago", "5分钟前"),
        (timedelta(hours=3, minutes=20), "3 hours ago", "3小时前"),
        (timedelta(days=2), "2 days ago", "2天前"),
        (timedelta(days=30), "4 weeks ago", "4周前"),
        (timedelta(days=31), "May 15, 2024", "2024年5月15日"),
        (timedelta(days=9000), "Oct 25, 1999", "1999年10月25日"),
    ],
)
def test_an_age_is_told_in_one_unit_and_a_long_one_as_a_date(
    age: timedelta, english: str, chinese: str
) -> None:
    assert ENGLISH.ago(NOW - age, NOW) == english
    assert CHINESE.ago(NOW - age, NOW) == chinese


def test_a_day_is_written_as_the_reader_writes_it() -> None:
    assert ENGLISH.day(NOW) == "Jun 15, 2024"
    assert CHINESE.day(NOW) == "2024年6月15日"
    assert (ENGLISH.short_day(NOW), CHINESE.short_day(NOW)) == ("Jun 15", "6月15日")
    assert (ENGLISH.hour(NOW)[:4], CHINESE.hour(NOW)[:3]) == ("Sat ", "周六 ")


def test_things_in_a_row_are_written_as_the_reader_writes_them() -> None:
    assert ENGLISH.listed(["a joke", "news"]) == "a joke, news"
    assert CHINESE.listed(["笑话", "头条"]) == "笑话、头条"


def test_an_expected_failure_is_told_in_the_reader_s_language() -> None:
    error = UserError(mark("There are {n} reports on the shelf."), n=7)
    assert str(error) == ENGLISH.error(error) == "There are 7 reports on the shelf."
    assert CHINESE.error(error) != str(error)
    assert "7" in CHINESE.error(error)


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_language_is_ready_to_speak(language: str) -> None:
    texts = Texts(language)
    assert texts.say("Joke")
    assert texts.locale.language == language
