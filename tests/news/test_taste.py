"""What a chat follows comes first, what it muted stays away."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models.interests import Interest
from bot.news import taste
from tests.render.test_headlines import OTHER, STORY, story

BOTH = replace(STORY, entries=(*STORY.entries, OTHER))


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("War ends", "war"), ("The wars end", "War"), ("VOLCANOES wake", "volcano"),
        ("火山喷发", "火山"), ("Café opens", "CAFÉ"), ("Elections: a new mayor", "new mayor"),
        ("C++ turns 40", "c++"), ("😀 day", "😀"),
        ("用AI写作", "ai"), ("AI芯片上市", "AI芯片"),
    ],
)  # fmt: skip
def test_a_word_is_found_by_itself_and_with_a_short_ending(title: str, word: str) -> None:
    assert taste.fits(Interest("follow", "word", word), story(title=title))


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("A warden retires", "war"),
        ("Software update", "war"),
        ("The Sky", "moon"),
        ("", "x"),
        ("MAI芯片", "AI芯片"),
    ],
)
def test_a_part_of_another_word_is_not_found(title: str, word: str) -> None:
    assert not taste.fits(Interest("follow", "word", word), story(title=title))


def test_any_source_of_a_story_may_be_followed_but_muted_only_what_it_tells_alone() -> None:
    assert taste.followed(BOTH, [Interest("follow", "source", "the ground")])
    assert not taste.muted(BOTH, [Interest("mute", "source", "The Ground")])
    assert taste.muted(STORY, [Interest("mute", "source", "the sky")])


def test_a_topic_is_followed_and_muted_as_such() -> None:
    assert taste.followed(STORY, [Interest("follow", "topic", "Science")])
    assert taste.muted(STORY, [Interest("mute", "topic", "science")])
    assert not taste.followed(STORY, [Interest("follow", "topic", "sport")])


def test_following_lifts_a_story_and_muting_does_not_count_as_following() -> None:
    liked = Interest("follow", "topic", "science")
    assert taste.score(STORY, [liked]) > taste.score(STORY, [])
    assert taste.followed(STORY, [replace(liked, kind="mute")]) is None
    assert taste.muted(STORY, [liked]) is None


@given(st.text("aB_1 -+.é黑洞の😀", max_size=24), st.integers(0, 23), st.integers(1, 8))
def test_every_word_that_fits_is_among_the_names_of_a_title(
    title: str, start: int, length: int
) -> None:
    name = title[start : start + length].strip()
    if name and taste.fits(Interest("follow", "word", name), story(title=title)):
        assert name.casefold() in taste.names_in(title)


def test_a_long_title_has_not_too_many_names() -> None:
    title = "Ministers of forty countries meet in the harbour city to talk about fish and ships"
    assert len(taste.names_in(title)) < 1_500
