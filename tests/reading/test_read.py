"""Reading: a text becomes an outline, figures and its best sentences, each with its place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import MAX_TEXT_CHARS, MAX_TEXT_LINES, MAX_TEXT_SENTENCES
from bot.errors import UserError
from bot.reading.clean import is_noise
from bot.reading.page import recognise
from bot.reading.rank import METHODS
from bot.reading.read import MOST_RANKED, read
from tests.words.samples import STORY, story

if TYPE_CHECKING:
    from bot.models.reading import Reading

SAVED = (Path(__file__).parents[1] / "data" / "saved-page.txt").read_text("utf-8")
CHINESE = """桐口镇供水总结

工程于2022年9月开工，覆盖全镇9个行政村、3412户。

一、建设情况

（一）为什么要建

工程建成前，全镇用水靠11处小水站，枯水期每年要分时段供水。村民说：“水不够用！”这话不假。

（二）建了什么

新水厂日供水能力3000立方米，管网总长198公里。（略）原有水站改作备用水源，每天可供水260立方米

二、下一步

1. 修管网。漏损率要从18.2%降到12%以下。
2. 补人手，请县里派来技术员
"""
SIGNS = "aZ9.。！”\"'）(#*-|,，、 \n\r\t\x00😀\ud800"
STARTS = ["\n\n", "\r\n\r\n", "1. ", "(1) ", "一、", "（二）", "# ", "- ", "A - B - C"]
WORDS = [
    "The gate works well here. ",
    "水厂每天供水一千八百立方米。",
    "420 tons of garbage. ",
    "שלום עולם. ",
]
NOISE = ["(omitted)", "18000棵树", "Heading", "***", "XX", "Next: "]
PARTS = st.sampled_from([*SIGNS, *STARTS, *WORDS, *NOISE])


def check(text: str, reading: Reading) -> None:
    """What must hold of every reading."""
    for sentence in reading.ranked:
        assert text[sentence.start : sentence.end] == sentence.text != ""
    for figure in reading.figures:
        assert text[figure.start : figure.end] == figure.text
    for section in reading.sections:
        assert text[section.start :].startswith(section.title)
        place = range(section.start, section.start + len(section.title))
        assert not any(
            s.start in place or section.start in range(s.start, s.end) for s in reading.ranked
        )
    quoted = [sentence for part in reading.parts for sentence in part.ranked]
    assert all(text[each.start : each.end] == each.text for each in quoted)
    scores = [sentence.score for sentence in reading.ranked]
    assert scores == sorted(scores, reverse=True)
    assert 0 < len(reading.ranked) <= MOST_RANKED


def test_a_saved_page_gives_title_outline_figures_and_three_clean_sentences() -> None:
    reading = read(SAVED)
    check(SAVED, reading)
    assert reading.title is not None
    assert reading.title.startswith("Report on the work of the river district office")
    assert [s.title for s in reading.sections if s.level == 1] == [
        "1. What was done and what stood out",
        "2. Problems and their reasons",
        "3. Next steps and the main measures",
    ]
    assert len([s for s in reading.sections if s.level == 2]) == 8
    figures = {figure.text for figure in reading.figures}
    assert figures >= {"640 tons of stone", "31,200 square meters of turf", "2,400 willows"}
    assert figures >= {"more than 310 riverside households", "5 million euros"}
    assert not any("Three" in figure or "times" in figure for figure in figures)
    summary = " ".join(sentence.text for sentence in reading.best(3))
    assert all(each not in summary for each in ("omitted", "Merry Minutes", "Annual report", "(1)"))
    assert all(sentence.section for sentence in reading.best(3))


def test_the_stored_body_of_a_saved_page_reads_the_same() -> None:
    page = recognise(SAVED)
    reading = read(page.body, title=page.title)
    check(page.body, reading)
    assert [s.text for s in reading.ranked] == [s.text for s in read(SAVED).ranked]


def test_a_report_is_also_told_part_by_part_from_the_same_ranking() -> None:
    reading = read(SAVED)
    titles = [part.section.title for part in reading.parts if part.section]
    assert titles == [section.title for section in reading.sections if section.level == 1]
    starts = [each.start for part in reading.parts for each in part.best(3)]
    assert starts == sorted(starts)
    best = max(reading.parts, key=lambda part: part.ranked[0].score)
    assert best.ranked[0] == reading.ranked[0]
    assert all(1 <= len(part.ranked) <= 3 for part in reading.parts)
    assert read("The gate keeps the water out of the town. It is old and green.").parts == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_chinese_report_is_read_with_its_numbered_sections(newline: str) -> None:
    text = CHINESE.replace("\n", newline)
    reading = read(text)
    check(text, reading)
    assert (reading.language, reading.title) == ("zh", "桐口镇供水总结")
    assert [(s.level, s.title) for s in reading.sections] == [
        (1, "一、建设情况"), (2, "（一）为什么要建"), (2, "（二）建了什么"), (1, "二、下一步"),
    ]  # fmt: skip
    sections = {sentence.text: sentence.section for sentence in reading.ranked}
    assert sections["新水厂日供水能力3000立方米，管网总长198公里。"] == "一 （二）建了什么"
    assert not any("略" in text for text in sections)


def test_a_heading_inside_its_line_is_quoted_last() -> None:
    reading = read(CHINESE)
    assert reading.ranked[-1].score == 0.0
    assert "修管网。" in [s.text for s in reading.ranked[-3:]]


def test_the_given_title_is_neither_quoted_nor_in_the_outline() -> None:
    text = "A year of bridges\n\nAll of the bridges stood through the winter storms.\n"
    reading = read(text, title="A Year of Bridges")
    assert reading.title == "A Year of Bridges"
    assert [s.text for s in reading.ranked] == [
        "All of the bridges stood through the winter storms."
    ]
    assert reading.sections == ()


def test_a_sentence_that_repeats_is_quoted_once() -> None:
    text = "The gate keeps the water out of the town. " * 100
    assert len(read(text).ranked) == 1


def test_lengths_come_from_one_ranking_and_stand_in_the_order_of_the_source() -> None:
    reading = read(SAVED)
    assert set(reading.best(3)) <= set(reading.best(7)) <= set(reading.best(15))
    starts = [sentence.start for sentence in reading.best(15)]
    assert starts == sorted(starts)


def test_wrapped_lines_are_one_paragraph_and_list_items_are_not() -> None:
    text = (
        "The gate was finished in the spring and has kept the water\n"
        "out of the town since then.\n- The river was cleaned by volunteers\n"
        "- The trees were planted by the schools\n"
    )
    texts = [sentence.text for sentence in read(text).ranked]
    assert texts == [text[:86]]
    assert texts[0].endswith("since then.")


def test_tables_navigation_and_copyright_lines_are_not_quoted() -> None:
    text = (
        "The gate keeps the water out of the old town.\n\n| a | b |\n|---|---|\n"
        "Home | News | About us\n\nPrevious article: The new bridge is open.\n\n"
        "© 2024 The harbour town. All rights reserved.\n"
    )
    assert [s.text for s in read(text).ranked] == ["The gate keeps the water out of the old town."]


@pytest.mark.parametrize(
    "line",
    [
        "The gate | all the water of the old river and of the new | The bridge.",
        "||The old gate.",
        "The old gate | The bridge",
    ],
)
def test_bars_alone_make_no_navigation(line: str) -> None:
    assert not is_noise(line)


@pytest.mark.parametrize(
    "line",
    [
        "3 License of all that is in this package . . . . 12",
        "Options of the package and of its parts ........... iv",
        "第一章　本条例的制定目的和适用范围………………… 3",
    ],
)
def test_a_line_of_the_contents_is_no_sentence(line: str) -> None:
    assert is_noise(line)
    text = "The gate keeps the water out of the old town......"
    assert [sentence.text for sentence in read(f"{line}\n\n{text}").ranked] == [text]


def test_of_a_text_that_is_only_a_list_its_items_are_quoted() -> None:
    items = ["Budget for the autumn approved", "Gate to be painted", "Next meeting in Lyon"]
    found = read("\n".join(f"- {item}" for item in items))
    assert [sentence.text for sentence in found.best(3)] == items


def test_a_wrong_language_tag_does_no_harm() -> None:
    assert read(CHINESE, language="tlh").language == "zh"
    assert read(SAVED, language="en-GB").language == "en"
    check(CHINESE, read(CHINESE, language="en"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "There is nothing to read: the text is empty."),
        (" \n\t\r\n ", "There is nothing to read: the text is empty."),
        ("1. Aims\n\n2. Means\n\n# Ends\n", "it has only headings."),
        ("12 34.5\n2019\n", "it has only numbers."),
        ("😀😀😀 🎉", "it has no words."),
        ("Hours\n\n| Day | From |\n\n| Sunday | ten |\n", "it has only a title or a table."),
        ("word " * 200_000, "it has no full stops."),
        ("村" * 1_000_000, "it has no full stops."),
        ("The sentence goes on and " * 40_000 + "ends.", "it has no full stops."),
        ("\x00\x01\x02\x7f" * 100, "That is not a text: it looks like a binary file."),
        ("a" * (MAX_TEXT_CHARS + 1), f"may have {MAX_TEXT_CHARS:,} characters."),
        ("a gate\n" * (MAX_TEXT_LINES + 1), f"may have {MAX_TEXT_LINES:,} lines."),
        ("Go now. " * (MAX_TEXT_SENTENCES + 1), f"may have {MAX_TEXT_SENTENCES:,} sentences."),
    ],
)
def test_what_cannot_be_quoted_is_told_in_one_sentence(text: str, message: str) -> None:
    with pytest.raises(UserError) as told:
        read(text)
    assert message in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    "text",
    [
        "Hello",
        "One sentence stands here alone.",
        "שלום עולם. זה טקסט מימין לשמאל.",
        "Good morning. 早上好，今天我们开会。 Доброе утро всем. 😀",
        "A line with a NUL\x00 inside it. And a lone \ud800 surrogate here.",
        "One line without a stop\n" * 20_000,
        "word word. " * 20_000,
        "The gate of a thousand pages keeps the water out of three old towns.\n\n" * 42_000,
    ],
)
def test_odd_texts_are_read_all_the_same(text: str) -> None:
    check(text, read(text))


@given(st.lists(PARTS, max_size=40).map("".join) | st.text(max_size=200))
def test_any_text_is_quoted_word_for_word_or_refused(text: str) -> None:
    try:
        reading = read(text)
    except UserError as error:
        assert str(error).endswith(".")
    else:
        check(text, reading)


@pytest.mark.parametrize("language", STORY)
def test_any_language_is_told_named_and_quoted_word_for_word(language: str) -> None:
    text = story(language)
    reading = read(text)
    check(text, reading)
    assert reading.language == language
    assert {sentence.text for sentence in reading.ranked} <= set(STORY[language])


@pytest.mark.parametrize("language", ["de", "ja", "ar", "th"])
def test_every_method_reads_other_languages(language: str) -> None:
    text = story(language)
    for method in METHODS:
        check(text, read(text, method=method))
