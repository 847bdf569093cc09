"""/headlines as people read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.e2e.conftest import NOON

if TYPE_CHECKING:
    from bot.playground import Person, Playground, Received
    from tests.e2e.conftest import Clock


async def first_page(telegram: Playground, command: str = "/headlines") -> Received:
    ann = telegram.person("Ann")
    await ann.send(command)
    return await ann.reply()


async def test_a_page_has_five_linked_titles_each_with_a_quote(telegram: Playground) -> None:
    page = await first_page(telegram)
    kinds = [entity["type"] for entity in page.entities]
    assert kinds.count("text_link") == 5
    assert kinds.count("expandable_blockquote") == 5
    assert page.text.startswith("📰 Headlines")
    assert page.text.count("source") + page.text.count("Sample") >= 5


async def test_pages_turn_in_place(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/headlines")
    page = await ann.reply()
    first = page.text
    assert page.buttons[:2] == [["1", "2", "3", "4", "5"], ["Topics", "▸"]]
    await ann.press(page, "▸")
    second = await page.edited()
    assert "6." in second.text
    assert second.buttons[1][0] == "◂"
    await ann.press(second, "◂")
    assert (await second.edited()).text == first


async def test_a_topic_button_shows_only_that_topic(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/headlines")
    page = await ann.reply()
    await ann.press(page, "Topics")
    topics = await page.edited()
    await ann.press(topics, "science")
    assert (await topics.edited()).text.startswith("📰 Headlines: science")


async def test_a_word_without_news_says_so_and_offers_topics(telegram: Playground) -> None:
    answer = await first_page(telegram, "/headlines <script>")
    assert answer.text == "No headline about “<script>” right now."
    assert answer.buttons


async def test_other_languages_wait_behind_a_button(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/headlines")
    page = await ann.reply()
    await ann.press(page, "also in Chinese")
    assert "样例" in (await page.edited()).text


async def card(telegram: Playground) -> tuple[Person, Received]:
    ann = telegram.person("Ann")
    await ann.send("/headlines")
    await ann.press(await ann.reply(), "1")
    return ann, await ann.reply()


async def test_a_number_opens_its_story_and_the_buttons_turn_the_card(telegram: Playground) -> None:
    ann, story = await card(telegram)
    assert story.buttons == [
        ["In short", "Sources", "Full story"], ["Follow", "Mute", "Why?", "☆"],
    ]  # fmt: skip
    kinds = [entity["type"] for entity in story.entities]
    assert "blockquote" in kinds
    await ann.press(story, "Sources")
    assert "• " in (await story.edited()).text
    await ann.press(story, "Full story")
    assert "blockquote" in [entity["type"] for entity in (await story.edited()).entities]
    await ann.press(story, "Why?")
    assert "Its topic is" in (await story.edited()).text
    await ann.press(story, "In short")
    assert (await story.edited()).text == story.text


async def test_a_topic_is_muted_under_a_story_for_a_week_and_taken_back(
    telegram: Playground,
) -> None:
    ann, story = await card(telegram)
    assert await ann.press(story, "Mute") == "What of it don't you want to hear of?"
    offered = await story.edited()
    topic = offered.buttons[1][0]
    assert await ann.press(offered, topic) == f"Mute the topic {topic} for how long?"
    toast = await ann.press(await offered.edited(), "7 days")
    assert toast.startswith("Muted until")
    await ann.send(f"/headlines {topic}")
    assert (await ann.reply()).text == f"No headline about “{topic}” right now."
    await ann.send("/mute")
    listed = await ann.reply()
    assert f"🔇 the topic {topic}, until" in listed.text
    await ann.press(listed, f"✕ {topic}")
    assert "You follow and mute nothing yet" in (await listed.edited()).text
    await ann.send(f"/headlines {topic}")
    assert "No headline" not in (await ann.reply()).text


async def test_a_word_of_a_story_is_followed_and_told_as_the_reason(telegram: Playground) -> None:
    ann, story = await card(telegram)
    assert await ann.press(story, "Follow") == "What of it do you want to follow?"
    offered = await story.edited()
    word = offered.buttons[0][0]
    assert await ann.press(offered, word) == f"Follow {word} for how long?"
    asked = await offered.edited()
    assert asked.buttons == [["1 day", "7 days", "For good"], ["◂"]]
    toast = await ann.press(asked, "For good")
    assert toast == f"You follow {word} now: its news comes to you as it appears."
    await ann.press(await offered.edited(), "Why?")
    assert f"• You follow {word}." in (await offered.edited()).text
    await ann.send(f"/follow {word.strip('“”')}")
    confirmed = await ann.reply()
    assert confirmed.text == toast
    assert confirmed.buttons == [["1 day", "7 days", "Undo"]]
    assert await ann.press(confirmed, "Undo") == f"Ended: {word}."


@pytest.mark.parametrize(
    ("typed", "told", "day"),
    [
        ("/follow “mill” for 7 days", "You follow “mill” until", 7),
        ("/mute mill for a week", "Muted until", 7),
        ("/mute mill 3天", "Muted until", 3),
    ],
)
async def test_for_how_long_may_be_typed_and_then_it_is_over(
    world: Playground, clock: Clock, typed: str, told: str, day: int
) -> None:
    ann = world.person("Ann")
    await ann.send(typed)
    assert (await ann.reply()).text.startswith(told)
    clock.turn(days=day, minutes=-1)
    await ann.send("/follow")
    assert "“mill”, until May" in (await ann.reply()).text
    clock.turn(minutes=2)
    await ann.send("/follow")
    assert "You follow and mute nothing yet" in (await ann.reply()).text


async def test_what_is_followed_for_good_may_be_for_a_day(world: Playground, clock: Clock) -> None:
    ann = world.person("Ann")
    await ann.send("/follow mill")
    confirmed = await ann.reply()
    await ann.press(confirmed, "1 day")
    assert "You follow “mill” until May 2, 2024" in (await confirmed.edited()).text
    assert clock.moment == NOON


async def test_a_button_of_before_there_was_a_choice_still_follows(telegram: Playground) -> None:
    ann, story = await card(telegram)
    story.keyboard[0][0]["callback_data"] = story.keyboard[1][0]["callback_data"] + ":word:kestrel"
    assert (await ann.press(story, "In short")).startswith("You follow “kestrel” now")


async def test_in_a_group_only_its_admins_choose_what_it_follows(telegram: Playground) -> None:
    ann, ben = telegram.person("Ann"), telegram.person("Ben")
    club = telegram.group("Club", members=[ann, ben])
    await ann.reply(in_=club)
    await ben.reply(in_=club)
    refused = "Only this chat's admins can choose what it follows and mutes."
    await ben.send("/follow war", in_=club)
    assert (await ben.reply(in_=club)).text == refused
    await ann.send("/mute war", in_=club)
    await ann.reply(in_=club)
    question = await ben.reply(in_=club)
    assert await ben.press(question, "For good") == refused
    assert await ann.press(question, "For good") == "Muted for good: “war”."


async def test_why_explains_how_stories_get_here(telegram: Playground) -> None:
    assert "the more sources tell it" in (await first_page(telegram, "/why")).text


async def test_a_story_of_long_ago_is_said_to_be_over(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/headlines")
    page = await ann.reply()
    page.keyboard[0][0]["callback_data"] = "story:999999"
    assert "stories are kept for 30 days" in await ann.press(page, "1")


async def test_a_topic_stays_when_the_language_changes(telegram: Playground) -> None:
    ann = telegram.person("Ann")
    await ann.send("/headlines science")
    page = await ann.reply()
    other = page.buttons[-1][0]
    await ann.press(page, other)
    chinese = await page.edited()
    assert chinese.text.startswith("📰 Headlines: science")
    assert "样例" in chinese.text
    count = len(re.findall(r"^\d+\. ", chinese.text, re.MULTILINE))
    assert other == f"also in Chinese ({count})"
