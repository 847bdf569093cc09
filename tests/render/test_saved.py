"""A person's list as a chat shows it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.models.saved import Saved, SavedPage
from bot.render import saved
from bot.texts import Texts
from tests.render.telegram import CALLBACK_BYTES, MESSAGE_UNITS, shown

ENGLISH, CHINESE = Texts("en"), Texts("zh")
NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
URL = "https://example.org/?a=1&b=2"
STORY = Saved(2**31, "story", 5, "<Moon> found", URL, NOW - timedelta(hours=3))
JOKE = Saved(7, "joke", 3, "Why did @ann", None, NOW - timedelta(days=60))


def test_each_has_its_sign_its_title_and_when_it_was_saved() -> None:
    message = saved.page(SavedPage((STORY, JOKE), 5, 12), ENGLISH, NOW)
    text = shown(message.html)
    assert text.text == (
        "★ What you saved\n\n6. 📰 <Moon> found\nsaved 3 hours ago\n\n"
        "7. 😄 Why did @\u2060ann\nsaved Apr 16, 2024"
    )
    assert text.links() == [URL]
    assert [[each.label for each in row] for row in message.keyboard] == [["6", "7"], ["◂", "▸"]]


@pytest.mark.parametrize("letter", ["x", "汉", "😀", "<"])
def test_a_page_of_the_longest_titles_is_one_message(letter: str) -> None:
    long = Saved(2**40, "story", 5, letter * 5000, URL, NOW)
    message = saved.page(SavedPage((long,) * 5, 195, 200), CHINESE, NOW)
    assert shown(message.html).units <= MESSAGE_UNITS
    actions = [str(each.action) for row in message.keyboard for each in row]
    assert all(len(action.encode()) <= CALLBACK_BYTES for action in actions)


def test_of_what_is_gone_only_what_there_is_is_promised() -> None:
    assert shown(saved.gone(STORY, ENGLISH).html).links() == [URL]
    linkless = Saved(1, "story", None, "Moon", None, NOW)
    assert "link" not in shown(saved.gone(linkless, ENGLISH).html).text
    assert "30" in shown(saved.gone(linkless, CHINESE).html).text


def test_only_the_star_of_what_is_saved_is_full() -> None:
    rows = ((saved.button("story", 5), saved.button("joke", 5)),)
    assert list(saved.targets(rows)) == [("story", 5), ("joke", 5)]
    assert [each.label for each in saved.starred(rows, [("story", 5)])[0]] == ["★", "☆"]
    assert saved.starred(rows, []) == rows
