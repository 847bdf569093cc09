"""A joke as a chat shows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.models.jokes import Joke, Telling
from bot.playground.entities import utf16_length
from bot.render import jokes
from bot.texts import Texts
from tests.render.telegram import CALLBACK_BYTES, shown

ENGLISH, CHINESE = Texts("en"), Texts("zh")
JOKE = Joke(7, "en", "office", "Why?", "Because.")
HOSTILE = "<b>&amp; \"quoted\" </tg-spoiler><script>alert('x')</script> {word}"


def test_the_punchline_and_nothing_else_waits_behind_the_spoiler() -> None:
    message = shown(jokes.told(Telling(JOKE), ENGLISH, "").html)
    assert message.text == "Why?\nBecause."
    assert message.marked("spoiler") == ["Because."]


def test_a_joke_of_one_part_has_no_spoiler() -> None:
    message = shown(jokes.body(replace(JOKE, punchline=None)))
    assert message.text == "Why?"
    assert message.spans == []


def test_it_says_so_before_it_starts_over() -> None:
    message = shown(jokes.told(Telling(JOKE, starts_over=True), ENGLISH, "").html)
    notice, text = message.text.split("\n\n")
    assert notice == "That was the last one I had not told here. From the top:"
    assert text == "Why?\nBecause."
    assert message.marked("italic") == [notice]


def test_tags_in_a_joke_are_shown_as_text() -> None:
    message = shown(jokes.body(replace(JOKE, text=HOSTILE, punchline=HOSTILE)))
    assert message.text == f"{HOSTILE}\n{HOSTILE}"
    assert message.marked("spoiler") == [HOSTILE]
    assert {span.kind for span in message.spans} == {"spoiler"}


@pytest.mark.parametrize("text", ["为什么？", "😀👩‍👩‍👧", "למה?", "مرحبا"])
def test_every_script_arrives_as_it_was_written(text: str) -> None:
    message = shown(jokes.body(replace(JOKE, text=text, punchline=text)))
    assert message.text == f"{text}\n{text}"


def test_votes_stand_on_their_buttons_once_there_are_some() -> None:
    labels = [button.label for button in jokes.keyboard(JOKE, ENGLISH, "")[0]]
    assert labels == ["😂", "😐", "Another"]
    voted = replace(JOKE, laughs=12, shrugs=1)
    assert [button.label for button in jokes.keyboard(voted, CHINESE, "")[0]] == [
        "😂 12", "😐 1", "再来一个",
    ]  # fmt: skip


def test_the_shared_joke_has_no_buttons() -> None:
    assert jokes.alone(JOKE).keyboard == ()


def test_the_dots_hide_the_complaint_and_the_way_back() -> None:
    assert [[b.label for b in row] for row in jokes.more(JOKE, ENGLISH, "")] == [
        ["☆", "🚩 Flag", "◂ Back"]
    ]


def test_no_joke_for_a_word_offers_the_categories_in_the_reader_s_language() -> None:
    known = [("office", 9), ("animals", 3), ("family", 2), ("own-made", 1)]
    message = jokes.none(CHINESE, HOSTILE, known)
    assert HOSTILE in shown(message.html).text
    labels = [[button.label for button in row] for row in message.keyboard]
    assert [len(row) for row in labels] == [3, 1]
    assert "office" not in labels[0]
    assert labels[1] == ["own-made"]
    assert message.keyboard[0][0].action == "joke:office"


def test_an_empty_shelf_says_so() -> None:
    message = jokes.none(ENGLISH, "", [])
    assert shown(message.html).text == "There are no jokes on the shelf yet."
    assert message.keyboard == ()


@pytest.mark.parametrize("word", ["x" * 32, "汉" * 10, "😀" * 8, "a:b:c"])
def test_the_longest_word_fits_every_button(word: str) -> None:
    joke = replace(JOKE, id=2**31)
    keyboards = (
        jokes.keyboard(joke, ENGLISH, word),
        jokes.more(joke, ENGLISH, word),
        jokes.none(ENGLISH, word, [(word, 1)]).keyboard,
    )
    buttons = [button for keyboard in keyboards for row in keyboard for button in row]
    actions = [button.action for button in buttons if button.action is not None]
    assert len(actions) == len(buttons) - 1
    assert all(len(action.encode()) <= CALLBACK_BYTES for action in actions)
    assert sum(action.endswith(f":{word}") for action in actions) == 7


def test_a_huge_joke_is_still_one_message_for_the_sender_to_cut() -> None:
    message = jokes.told(Telling(replace(JOKE, text="😀" * 9000)), ENGLISH, "")
    assert utf16_length(shown(message.html).text) == 18_009
