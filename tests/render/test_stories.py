"""A story's card as a chat shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.models.interests import Interest, Kind
from bot.models.said import Said
from bot.models.stories import Quoted
from bot.render import interests, stories
from tests.render.telegram import CALLBACK_BYTES, MESSAGE_UNITS, shown
from tests.render.test_headlines import (
    CHINESE,
    ENGLISH,
    HEADLINE,
    HOSTILE,
    NOW,
    OTHER,
    STORY,
    labels,
    story,
)

BOTH = replace(STORY, entries=(HEADLINE, OTHER), sources=2)
READ = [replace(HEADLINE, quotes=("It was behind a cloud.",)), replace(OTHER, quotes=())]
PAYWALL = {2: Said("The article is behind a paywall.")}


def test_a_card_quotes_each_sentence_with_its_source() -> None:
    message = shown(stories.card(BOTH, ENGLISH, NOW).html)
    assert message.text == (
        "📰 Moon found\n2 sources · 3 hours ago\n\n"
        "It was behind a cloud.The Sky\n\nNobody had looked.The Ground"
    )
    assert message.marked("blockquote") == ["It was behind a cloud.", "Nobody had looked."]
    assert message.marked("text_link") == ["Moon found"]


def test_a_quote_of_a_headline_that_is_gone_stands_alone() -> None:
    message = shown(stories.card(STORY, ENGLISH, NOW).html)
    assert message.text.endswith("Nobody had looked.")


def test_the_sources_are_linked_with_their_own_titles_and_ages() -> None:
    message = shown(stories.sources(BOTH, ENGLISH, NOW).html)
    assert "• Moon found\nThe Sky · 3 hours ago\n• A moon after all\nThe Ground" in message.text
    assert len(message.links()) == 3


def test_of_very_many_sources_the_rest_is_counted() -> None:
    many = replace(BOTH, entries=(HEADLINE,) * 40)
    assert shown(stories.sources(many, ENGLISH, NOW).html).text.endswith("and 28 more")


def test_the_full_story_sets_the_sources_side_by_side_and_says_what_cannot_be_had() -> None:
    message = shown(stories.full(BOTH, READ, PAYWALL, ENGLISH, NOW).html)
    assert "The Sky: Moon found\nIt was behind a cloud.\n\n" in message.text
    assert message.text.endswith("A moon after all\nThe article is behind a paywall.")
    assert message.marked("bold") == ["Moon found", "The Sky", "The Ground"]


def test_why_names_the_feeds_the_rules_and_what_the_chat_follows() -> None:
    alone = shown(stories.why(STORY, None, ENGLISH, NOW).html).text
    assert "• It came with the feed of The Sky." in alone
    assert "• Its topic is science" in alone
    assert "this was news 3 hours ago" in alone
    liked = Interest("follow", "word", "moon")
    followed = shown(stories.why(BOTH, liked, ENGLISH, NOW).html).text
    assert "• You follow “moon”.\n• 2 sources tell it: The Sky, The Ground." in followed
    assert "关注" in shown(stories.why(BOTH, liked, CHINESE, NOW).html).text


@pytest.mark.parametrize("letter", ["x", "汉", "😀", "<", "א"])
def test_every_part_of_a_huge_story_is_one_message(letter: str) -> None:
    huge = replace(HEADLINE, title=letter * 5000, source=letter * 500, quotes=(letter * 900,) * 2)
    big = replace(
        BOTH, entries=(huge,) * 40, sources=40, quotes=(Quoted(1, letter * 5000),) * 3,
        topic=letter * 60,
    )  # fmt: skip
    parts = [
        stories.card(big, ENGLISH, NOW),
        stories.sources(big, ENGLISH, NOW),
        stories.full(big, [huge] * 6, {}, ENGLISH, NOW),
        stories.full(big, [huge], {}, ENGLISH, NOW),
        stories.full(big, [], {}, ENGLISH, NOW),
        stories.why(big, Interest("follow", "word", letter * 30), ENGLISH, NOW),
    ]
    assert all(shown(part.html).units <= MESSAGE_UNITS for part in parts)


def test_tags_in_any_field_are_shown_as_text() -> None:
    hostile = replace(story(title=HOSTILE, source="<i>&"), quotes=(Quoted(1, HOSTILE),))
    assert shown(stories.card(hostile, ENGLISH, NOW).html).marked("blockquote") == [HOSTILE]
    told = [replace(HEADLINE, title=HOSTILE, quotes=(HOSTILE,))]
    assert HOSTILE in shown(stories.full(hostile, told, {}, ENGLISH, NOW).html).text
    assert "<i>&" in shown(stories.why(hostile, None, ENGLISH, NOW).html).text


def test_a_card_leads_to_its_parts_and_to_what_may_be_done_about_its_like() -> None:
    assert labels(stories.keyboard(STORY, ENGLISH)) == [
        ["In short", "Sources", "Full story"], ["Follow", "Mute", "Why?", "☆"],
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["moon", "汉" * 10, "😀" * 8, "a:b"])
@pytest.mark.parametrize("kind", ["follow", "mute"])
def test_what_may_be_followed_or_muted_fits_the_buttons(kind: Kind, word: str) -> None:
    told = replace(story(source="s" * 32), id=9_999_999_999)
    rows = [
        *interests.choices(kind, told, [word], ENGLISH),
        *interests.how_long(told.id, Interest(kind, "word", word), ENGLISH),
    ]
    actions = [str(button.action) for row in rows for button in row]
    assert f"{kind}:{told.id}:?:word:{word}" in actions
    assert f"{kind}:{told.id}:7:word:{word}" in actions
    assert all(len(action.encode()) <= CALLBACK_BYTES for action in actions)


def test_a_name_that_no_button_can_carry_is_not_offered() -> None:
    rows = interests.choices("follow", story(source="s" * 33), ["汉" * 11], ENGLISH)
    assert labels(rows) == [["science"], ["◂"]]


def test_all_that_is_followed_and_muted_can_be_looked_through_and_ended() -> None:
    known = [
        Interest("follow", "topic", "science", id=1),
        Interest("mute", "word", "<war>", NOW + timedelta(days=7), id=2),
        Interest("mute", "source", "The Sky", id=3),
    ]
    message = interests.listed(known, ENGLISH)
    assert shown(message.html).text == (
        "What you follow and mute\n★ the topic science\n🔇 “<war>”, until Jun 22, 2024\n🔇 The Sky"
    )
    assert labels(message.keyboard) == [["✕ science", "✕ <war>"], ["✕ The Sky"]]
    assert [button.action for row in message.keyboard for button in row] == [
        "end:1", "end:2", "end:3",
    ]  # fmt: skip


def test_who_follows_nothing_learns_how() -> None:
    assert "/follow volcano" in interests.listed([], ENGLISH).html
    assert "/follow" in interests.listed([], CHINESE).html


def test_a_hundred_of_them_are_one_message() -> None:
    known = [Interest("mute", "word", "😀" * 50, NOW, id=n) for n in range(100)]
    message = interests.listed(known, ENGLISH)
    assert shown(message.html).units <= MESSAGE_UNITS
    assert sum(len(row) for row in message.keyboard) <= 100


def test_what_was_chosen_is_said_in_one_sentence() -> None:
    war = Interest("mute", "word", "war", id=4)
    assert interests.done(war, ENGLISH) == "Muted for good: “war”."
    until = replace(war, until=NOW + timedelta(days=1))
    assert interests.done(until, ENGLISH) == "Muted until Jun 16, 2024: “war”."
    liked = replace(war, kind="follow")
    said = "You follow “war” now: its news comes to you as it appears."
    assert interests.done(liked, ENGLISH) == said
    paper = replace(liked, what="source", name="The Sky")
    assert interests.done(paper, ENGLISH) == "You follow The Sky now: its fresh stories come first."
    assert labels(interests.confirmed(liked, ENGLISH).keyboard) == [["1 day", "7 days", "Undo"]]
    assert interests.ended(war, ENGLISH) == "Ended: “war”."
    assert interests.ended(None, ENGLISH) == "That had ended already."
    assert interests.asked(war, ENGLISH).html == "Mute “war” for how long?"
