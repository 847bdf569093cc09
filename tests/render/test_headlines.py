"""A page of headlines as a chat shows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.models.headlines import TOPICS, Headline
from bot.models.stories import Quoted, Story, StoryPage
from bot.render import headlines
from bot.texts import Texts
from tests.render.telegram import CALLBACK_BYTES, MESSAGE_UNITS, shown

ENGLISH, CHINESE = Texts("en"), Texts("zh")
NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
HOSTILE = "<b>&amp;\"'</a></blockquote><script>x</script> {n}"
HEADLINE = Headline(
    1, "en", "science", "Moon found", "The Sky", "https://sky.example/moon?a=1&b=2",
    NOW - timedelta(hours=3),
)  # fmt: skip
OTHER = replace(HEADLINE, id=2, source="The Ground", title="A moon after all")
QUOTES = (Quoted(1, "It was behind a cloud."), Quoted(2, "Nobody had looked."))
STORY = Story(
    id=7, language="en", topic="science", entries=(HEADLINE,), sources=1, first_seen=NOW,
    last_seen=HEADLINE.published, version=1, changed_at=HEADLINE.published, revision=0, score=1.0,
    quotes=QUOTES,
)  # fmt: skip


def story(**changes: object) -> Story:
    """The story with another title, source or address."""
    return replace(STORY, entries=(replace(HEADLINE, **changes),))  # type: ignore[arg-type]


def page(*found: Story, **changes: object) -> StoryPage:
    whole = StoryPage(found or (STORY,), max(len(found), 1), 0, "", "en")
    return replace(whole, **changes)  # type: ignore[arg-type]


def labels(keyboard: tuple[tuple[object, ...], ...]) -> list[list[str]]:
    return [[button.label for button in row] for row in keyboard if row]  # type: ignore[attr-defined]


def test_a_story_is_number_linked_title_source_and_age_and_a_quote_to_unfold() -> None:
    message = shown(headlines.page(page(), ENGLISH, NOW).html)
    assert message.text == (
        "📰 Headlines\n\n1. Moon found\nThe Sky · 3 hours ago\n"
        "It was behind a cloud. […] Nobody had looked."
    )
    assert message.marked("text_link") == ["Moon found"]
    assert message.links() == ["https://sky.example/moon?a=1&b=2"]
    assert message.marked("italic") == ["The Sky · 3 hours ago"]
    assert message.marked("expandable_blockquote") == [
        "It was behind a cloud. […] Nobody had looked."
    ]


def test_of_several_sources_their_number_is_told_and_that_it_is_an_update() -> None:
    told = replace(STORY, entries=(HEADLINE, OTHER), sources=2)
    text = shown(headlines.page(page(told, updated=frozenset({7})), ENGLISH, NOW).html).text
    assert "1. Moon found\n2 sources · 3 hours ago · update\n" in text
    text = shown(headlines.page(page(told), CHINESE, NOW).html).text
    assert "2 个来源" in text


def test_an_update_is_as_old_as_what_changed() -> None:
    changed = replace(STORY, changed_at=NOW - timedelta(minutes=5))
    text = shown(headlines.page(page(changed, updated=frozenset({7})), ENGLISH, NOW).html).text
    assert "The Sky · 5 minutes ago · update" in text
    assert "The Sky · 3 hours ago\n" in shown(headlines.page(page(changed), ENGLISH, NOW).html).text


@pytest.mark.parametrize("quotes", [None, ()])
def test_an_article_without_text_is_just_its_headline(quotes: tuple[Quoted, ...] | None) -> None:
    message = shown(headlines.page(page(replace(STORY, quotes=quotes)), ENGLISH, NOW).html)
    assert message.text.endswith("The Sky · 3 hours ago")


def test_the_second_page_counts_on_and_leads_back_and_forth() -> None:
    message = headlines.page(page(STORY, STORY, offset=5, total=9), CHINESE, NOW)
    text = shown(message.html).text
    assert "6. Moon found" in text
    assert "7. Moon found" in text
    assert labels(message.keyboard) == [["6", "7"], ["◂", CHINESE.say("Topics"), "▸"]]
    assert message.keyboard[0][0].action == "story:7"
    assert message.keyboard[1][0].action == "news:0:en:"
    assert message.keyboard[1][2].action == "news:10:en:"


def test_a_single_page_has_no_arrows() -> None:
    assert labels(headlines.page(page(), ENGLISH, NOW).keyboard) == [["1"], ["Topics"]]


def test_the_heading_says_which_part_of_the_news_this_is() -> None:
    def heading(wanted: str, texts: Texts) -> str:
        return shown(headlines.page(page(wanted=wanted), texts, NOW).html).text.split("\n")[0]

    assert heading("science", ENGLISH) == "📰 Headlines: science"
    assert heading("science", CHINESE) != "📰 Headlines: science"
    assert heading(HOSTILE, ENGLISH) == f"📰 Headlines with “{HOSTILE}”"


def test_tags_in_any_field_are_shown_as_text() -> None:
    hostile = replace(story(title=HOSTILE, source="<i>&"), quotes=(Quoted(1, HOSTILE),))
    message = shown(headlines.page(page(hostile, wanted=HOSTILE), ENGLISH, NOW).html)
    assert message.marked("text_link") == [HOSTILE]
    assert message.marked("expandable_blockquote") == [HOSTILE]
    assert message.marked("italic") == ["<i>& · 3 hours ago"]
    assert message.marked("bold") == [f"Headlines with “{HOSTILE}”"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", '"><b>x</b>', "https://x.org/\"'<>", ""])
def test_a_hostile_address_harms_nothing(url: str) -> None:
    message = shown(headlines.page(page(story(url=url)), ENGLISH, NOW).html)
    assert "1. Moon found\n" in message.text
    assert len(message.marked("bold")) == 1
    assert all(link.startswith("https://x.org/") for link in message.links())


@pytest.mark.parametrize("letter", ["x", "汉", "😀", "<", "א"])
@pytest.mark.parametrize("texts", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_five_headlines_of_any_size_are_one_message(letter: str, texts: Texts) -> None:
    huge = replace(
        story(title=letter * 5000, source=letter * 5000),
        quotes=(Quoted(1, letter * 5000),) * 2, last_seen=NOW - timedelta(minutes=59),
    )  # fmt: skip
    found = page(*[huge] * 5, offset=99_995, total=100_005, wanted=(letter * 32)[:32])
    message = shown(headlines.page(found, texts, NOW).html)
    assert message.units <= MESSAGE_UNITS
    assert len(message.marked("expandable_blockquote")) == 5
    assert message.text.count("…") == 3 * 5
    assert "�" not in message.text


@pytest.mark.parametrize("word", ["x" * 32, "汉" * 10, "😀" * 8, "a:b:c"])
def test_the_longest_word_fits_every_button(word: str) -> None:
    found = page(STORY, offset=99_995, total=100_005, wanted=word, elsewhere={"zh": 4})
    message = headlines.page(found, ENGLISH, NOW)
    actions = [str(button.action) for row in message.keyboard for button in row]
    assert all(len(action.encode()) <= CALLBACK_BYTES for action in actions)
    assert sum(action.endswith(f":{word}") for action in actions) == 2


def test_no_headline_for_a_word_offers_the_topics_there_are() -> None:
    message = headlines.none(page(wanted=HOSTILE, stories=()), ENGLISH, [("science", 3)])
    assert shown(message.html).text == f"No headline about “{HOSTILE}” right now."
    assert labels(message.keyboard) == [["science 3", "All"]]


def test_an_empty_shelf_says_so_and_points_to_the_other_language() -> None:
    found = page(stories=(), total=0, elsewhere={"en": 0, "zh": 4})
    message = headlines.none(found, ENGLISH, [])
    assert shown(message.html).text == "There are no headlines on the shelf yet."
    assert labels(message.keyboard) == [["also in Chinese (4)"]]


def test_the_topics_come_as_buttons_of_two_in_a_row_and_all_of_them_last() -> None:
    message = headlines.topics([("science", 3), ("sport", 1)], ENGLISH, "en")
    assert labels(message.keyboard) == [["science 3", "sport 1"], ["All"]]
    assert message.keyboard[0][1].action == "news:0:en:sport"


def test_every_topic_of_the_content_has_a_name_for_readers() -> None:
    assert set(headlines.TOPICS) == set(TOPICS)


def test_a_new_bot_says_when_its_first_news_come() -> None:
    empty = StoryPage((), 0, 0, "", "en")
    told = {
        None: "There are no headlines on the shelf yet.",
        timedelta(seconds=-3): "No headlines yet: the first refresh is under way.",
        timedelta(seconds=19.2): "No headlines yet: first refresh in 20 s.",
        timedelta(minutes=4.5): "No headlines yet: first refresh in 5 min.",
    }
    for wait, text in told.items():
        assert headlines.none(empty, ENGLISH, [], wait).html == text


def test_of_many_languages_those_with_the_most_news_are_offered_two_a_row() -> None:
    counts = {"ar": 0, "de": 1, "es": 2, "fr": 3, "hi": 4, "it": 5, "ja": 6, "ko": 7}
    message = headlines.page(page(STORY, elsewhere=counts), ENGLISH, NOW)
    rows = labels(message.keyboard)[2:]
    assert rows[0] == ["also in Korean (7)", "also in Japanese (6)"]
    assert [len(row) for row in rows] == [2, 2, 2]
