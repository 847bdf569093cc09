"""A digest as a chat shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.models.digests import Brief, Instalment
from bot.models.jokes import Joke, Telling
from bot.models.reading import Sentence
from bot.models.stories import Quoted
from bot.render import digest
from bot.render.split import plain, split
from tests.render.telegram import CALLBACK_BYTES, MESSAGE_UNITS, shown
from tests.render.test_headlines import CHINESE, ENGLISH, HOSTILE, NOW, STORY, labels, story

PART = Instalment(
    3, "The Harbour Report", "2 The Gate",
    (Sentence("The gate was shut.", 0, 18, None, None, 1.0),), number=2, total=6,
)  # fmt: skip
JOKE = Telling(Joke(5, "en", "animals", "Why did the cat sit down?", "It was done standing."))
BRIEF = Brief(
    9, ("headlines", "reports", "jokes"),
    ((STORY, False), (replace(story(title="A moon after all"), id=8), True)), PART, JOKE,
)  # fmt: skip


def text(brief: Brief) -> str:
    return shown(digest.message(brief, ENGLISH, NOW).html).text


def test_it_opens_with_the_top_headline_and_ends_with_the_joke() -> None:
    message = shown(digest.message(BRIEF, ENGLISH, NOW).html)
    assert message.text == (
        "📰 Moon found\nThe Sky · 3 hours ago\nIt was behind a cloud. […] Nobody had looked.\n\n"
        "2. A moon after all\nThe Sky · 3 hours ago · update\n"
        "It was behind a cloud. […] Nobody had looked.\n\n"
        "📖 The Harbour Report\n2/6 · 2 The Gate\nThe gate was shut.\n\n"
        "😄 Why did the cat sit down?\nIt was done standing."
    )
    assert message.marked("spoiler") == ["It was done standing."]
    assert len(message.marked("expandable_blockquote")) == 2


def test_what_is_not_asked_for_or_not_there_is_left_out() -> None:
    alone = replace(BRIEF, shelves=("jokes",), stories=(), instalment=None)
    assert text(alone) == "😄 Why did the cat sit down?\nIt was done standing."
    quiet = replace(BRIEF, stories=(), instalment=None)
    assert text(quiet).startswith("📰 No news that you have not seen: a quiet day.\n\n😄")
    without = replace(BRIEF, instalment=replace(PART, heading=None), telling=None)
    assert text(without).endswith("📖 The Harbour Report\n2/6\nThe gate was shut.")


def test_when_all_of_it_was_told_it_says_so() -> None:
    told = replace(BRIEF, shelves=("reports",), stories=(), instalment=None, telling=None)
    assert text(told) == "Nothing new here today."


def test_what_fits_no_message_is_cut_between_its_items() -> None:
    long = replace(JOKE, joke=replace(JOKE.joke, text="ha " * 990, punchline=None))
    said = (Sentence("s" * 480, 0, 480, None, None, 1.0),) * 2
    stories = ((story(title="T" * 300), False),) * 4
    brief = replace(BRIEF, stories=stories, instalment=replace(PART, sentences=said), telling=long)
    parts = split(str(digest.message(brief, ENGLISH, NOW).html))
    begins = [plain(part)[:2].strip() for part in parts]
    assert begins == ["📰", "😄"]


def test_a_late_one_says_when_it_was_due_and_a_told_joke_that_it_comes_again() -> None:
    due = datetime(2024, 6, 15, 8, tzinfo=UTC)
    assert text(replace(BRIEF, was_due=due)).endswith("This is late: it was due at 08:00.")
    again = replace(BRIEF, telling=replace(JOKE, starts_over=True))
    assert "the last one I had not told here. From the top:\n\n😄 Why" in text(again)


def test_one_row_says_more_and_votes_and_one_changes_things() -> None:
    assert labels(digest.keyboard(BRIEF, ENGLISH)) == [
        ["📰 More", "😂", "😐"], ["Tune", "⏸ Pause or stop"],
    ]  # fmt: skip
    asked = replace(BRIEF, subscription_id=0, stories=(), telling=None)
    assert labels(digest.keyboard(asked, ENGLISH)) == [["📰 More"], ["☀️ Every day"]]
    assert labels(digest.keyboard(BRIEF, CHINESE))[1][0] == "调整"


def test_tune_opens_each_story_and_leads_back() -> None:
    key = "9:5:7.8"
    rows = digest.tuning(key, ENGLISH)
    assert [button.action for button in rows[0]] == ["story:7", "story:8"]
    assert rows[1][1].action == f"brief:back:{key}"
    assert digest.keyboard_of(key, ENGLISH) == digest.keyboard(BRIEF, ENGLISH)


def test_the_largest_numbers_fit_the_buttons() -> None:
    told = tuple((replace(STORY, id=9_999_990 + n), False) for n in range(4))
    big = replace(BRIEF, subscription_id=99_999_999, stories=told)
    rows = [*digest.keyboard(big, ENGLISH), *digest.tuning("99999999:9999999:1.2.3.4", ENGLISH)]
    actions = [str(button.action) for row in rows for button in row]
    assert all(len(action.encode()) <= CALLBACK_BYTES for action in actions)


@pytest.mark.parametrize("letter", ["x", "汉", "😀", "<", "א"])
def test_a_huge_digest_is_one_message(letter: str) -> None:
    quotes = (Quoted(1, letter * 900),)
    huge = replace(story(title=letter * 5000, source=letter * 5000), quotes=quotes)
    said = (Sentence(letter * 900, 0, 900, None, None, 1.0),) * 2
    long = replace(PART, title=letter * 500, heading=letter * 500, sentences=said)
    brief = replace(BRIEF, stories=((huge, True),) * 4, instalment=long)
    assert shown(digest.message(brief, ENGLISH, NOW).html).units <= MESSAGE_UNITS


def test_tags_in_any_field_are_shown_as_text() -> None:
    hostile = replace(PART, title=HOSTILE, heading=HOSTILE)
    shown_text = text(replace(BRIEF, instalment=hostile))
    assert shown_text.count(HOSTILE) == 2
