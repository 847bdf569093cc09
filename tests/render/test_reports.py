"""A report as a chat shows it: its own sentences, each with its place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.errors import UserError
from bot.models.reading import Figure, Part, Reading, Section, Sentence
from bot.models.reports import Report, ReportCard, ReportPage
from bot.render import reports
from bot.texts import Texts
from tests.render.telegram import CALLBACK_BYTES, MESSAGE_UNITS, shown

if TYPE_CHECKING:
    from bot.models.messages import Button, Keyboard

ENGLISH, CHINESE = Texts("en"), Texts("zh")
HOSTILE = "<b>&amp;\"'</blockquote></i><script>x</script> {n}"
REPORT = Report(3, "en", "Work of the township", "…", 1429, None)
SECTIONS = (
    Section(1, "1. Strengthening the leadership", 0),
    Section(2, "(1) Team management", 40),
    Section(2, "(2) Focus on carrier cultivation, and on a good many other things", 100),
    Section(1, "2. The rural economy", 200),
)
# Where sentences of these starts stand.
PLACES = {
    10: "1. Strengthening the leadership",
    50: "1 (1) Team management",
    110: "1 (2) Focus on carrier cultivation, and on a good many other things",
    210: "2. The rural economy",
}


def sentence(number: int, start: int, text: str = "") -> Sentence:
    return Sentence(
        text or f"Sentence {number}.", start, start + 9, PLACES.get(start), None, -float(number)
    )


def reading(*ranked: Sentence, sections: tuple[Section, ...] = SECTIONS) -> Reading:
    return Reading("en", None, 1429, sections, ranked, (), _parts(sections, ranked))


def _parts(sections: tuple[Section, ...], ranked: tuple[Sentence, ...]) -> tuple[Part, ...]:
    tops = (None, *(section for section in sections if section.level == 1))
    return tuple(Part(section, ranked) for section in tops)


RANKED = reading(sentence(1, 210), sentence(2, 110), sentence(3, 50), sentence(4, 10))


def labels(keyboard: Keyboard) -> list[list[str]]:
    return [[button.label for button in row] for row in keyboard if row]


def buttons(keyboard: Keyboard) -> list[Button]:
    return [button for row in keyboard for button in row]


def test_a_summary_is_title_size_and_quotes_in_the_order_of_the_text() -> None:
    message = shown(reports.summary(REPORT, RANKED, ENGLISH, 3).html)
    assert message.text.startswith(
        "📖 Work of the township\n1,429 words · 7 min · 2 parts\n\nSentence 3."
    )
    assert message.marked("bold") == ["Work of the township"]
    assert message.marked("blockquote") == ["Sentence 3.", "Sentence 2.", "Sentence 1."]


def test_every_quote_is_followed_by_the_path_to_its_place() -> None:
    message = shown(reports.summary(REPORT, RANKED, ENGLISH, 4).html)
    assert message.marked("italic")[1:] == [
        "1. Strengthening the leadership",
        "1 (1) Team management",
        "1 (2) Focus on carrier cultivation, and on a go…",
        "2. The rural economy",
    ]


def test_a_sentence_before_the_first_heading_has_no_place() -> None:
    first = reading(sentence(1, 0), sections=(Section(1, "1. One", 5),))
    message = shown(reports.summary(REPORT, first, ENGLISH, 3).html)
    assert message.text.endswith("Sentence 1.")


def test_a_report_without_headings_or_sentences_is_still_a_message() -> None:
    message = reports.summary(REPORT, reading(sections=()), ENGLISH, 3)
    assert shown(message.html).text == "📖 Work of the township\n1,429 words · 7 min"
    assert labels(message.keyboard)[0] == ["3 ✓"]


def test_a_chinese_reader_of_an_english_report_gets_a_chinese_frame_that_says_so() -> None:
    message = shown(reports.summary(REPORT, RANKED, CHINESE, 3).html)
    assert "英文原文：以下为原文原句，未翻译、未改写。" in message.text
    assert "1,429" in message.text.split("\n")[1]
    assert "words" not in message.text
    assert "Sentence 3." in message.marked("blockquote")


def test_an_english_reader_of_a_chinese_report_is_told_too() -> None:
    chinese = replace(REPORT, language="zh", title="工作报告", words=3500)
    message = shown(reports.summary(chinese, RANKED, ENGLISH, 3).html)
    assert "3,500 characters · 10 min" in message.text
    assert "Chinese original: The sentences below are the original's" in message.text


@pytest.mark.parametrize(
    ("language", "name"), [("de", "German original"), ("ja", "Japanese"), ("und", "Original text")]
)
def test_the_note_names_any_language(language: str, name: str) -> None:
    other = replace(REPORT, language=language)
    assert name in shown(reports.summary(other, RANKED, ENGLISH, 3).html).text
    assert "原文" in shown(reports.summary(other, RANKED, CHINESE, 3).html).text


def test_a_report_in_the_reader_s_own_language_needs_no_note() -> None:
    assert "original" not in shown(reports.summary(REPORT, RANKED, ENGLISH, 3).html).text


def test_tags_in_any_field_are_shown_as_text() -> None:
    hostile = reading(replace(sentence(1, 20, HOSTILE), section="<i>&</b>"))
    message = shown(reports.summary(replace(REPORT, title=HOSTILE), hostile, ENGLISH, 3).html)
    assert message.marked("bold") == [HOSTILE]
    assert message.marked("blockquote") == [HOSTILE]
    assert message.marked("italic")[-1] == "<i>&</b>"


@pytest.mark.parametrize("letter", ["x", "汉", "😀", "<", "א"])
def test_fifteen_sentences_that_do_not_fit_become_fewer_whole_ones(letter: str) -> None:
    many = reading(*(sentence(number, 20 + number, letter * 450) for number in range(15)))
    message = shown(reports.summary(replace(REPORT, title=letter * 900), many, ENGLISH, 15).html)
    assert message.units <= MESSAGE_UNITS
    quotes = message.marked("blockquote")
    assert set(quotes) == {letter * 450}
    one_more = len((letter * 450).encode("utf-16-le")) // 2 + 60
    assert message.units + one_more > MESSAGE_UNITS
    assert 2 < len(quotes) < 15


def test_one_sentence_is_always_shown_however_long() -> None:
    message = shown(reports.summary(REPORT, reading(sentence(1, 20, "x" * 9000)), ENGLISH, 15).html)
    assert message.marked("blockquote") == ["x" * 9000]


def test_only_the_lengths_a_report_can_fill_are_offered_and_the_present_one_is_ticked() -> None:
    seven = reading(*(sentence(number, number) for number in range(7)))
    assert labels(reports.summary(REPORT, seven, ENGLISH, 7).keyboard) == [
        ["3", "7 ✓"], ["Outline", "Figures"], ["Full text", "↗ Share", "☆"],
    ]  # fmt: skip


def test_the_outline_indents_by_level_and_shows_tags_as_text() -> None:
    sections = (Section(1, "1. One", 0), Section(2, HOSTILE, 1), Section(1, "x" * 500, 2))
    message = shown(reports.outline(REPORT, reading(sections=sections), ENGLISH).html)
    title, _, one, two, long = message.text.split("\n")
    assert title == "📖 Work of the township"
    assert (one, two) == ("1. One", "    " + HOSTILE)
    assert long.endswith("x…")


def test_figures_are_told_as_they_stand_in_the_text() -> None:
    told = [*range(23), 7, 7]
    some = replace(reading(), figures=tuple(Figure(f"{n} <km>", n, n + 6) for n in told))
    message = shown(reports.figures(REPORT, some, ENGLISH).html)
    assert "• 0 <km>\n• 1 <km>" in message.text
    assert message.text.endswith("• 19 <km>\nand 3 more")


def test_what_a_report_does_not_have_is_said_in_a_sentence() -> None:
    bare = reading(sections=())
    assert "no headings" in shown(reports.outline(REPORT, bare, ENGLISH).html).text
    assert "no figures" in shown(reports.figures(REPORT, bare, ENGLISH).html).text


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Work of the township", "Work-of-the-township.txt"),
        ("2024年工作报告", "2024年工作报告.txt"),
        ("../../etc/passwd\n", "etc-passwd.txt"),
        ('"; filename="x.exe', "filename-x-exe.txt"),
        ("???", "report.txt"),
        ("x" * 500, "x" * 60 + ".txt"),
    ],
)
def test_the_full_text_is_a_file_with_a_harmless_name(title: str, name: str) -> None:
    file = reports.document(replace(REPORT, title=title, text="Körper 汉 😀"))
    assert file.name == name
    assert file.content.decode("utf-8-sig") == f"{title}\n\nKörper 汉 😀\n"
    assert file.content.startswith(b"\xef\xbb\xbf")
    assert len(file.caption) <= 200


CARD = ReportCard(3, "en", "Work of the township", 1429, None)


def test_the_shelf_lists_titles_with_their_size_and_a_button_each() -> None:
    page = ReportPage((CARD, replace(CARD, id=4, title=HOSTILE)), 12, 5, "", "en", {"zh": 4})
    message = reports.shelf(page, ENGLISH)
    text = shown(message.html).text
    assert text.startswith("📖 Reports, in their own words\n\n6. Work of the township\n1,429 words")
    assert f"7. {HOSTILE}\n" in text
    assert labels(message.keyboard) == [["6", "7"], ["◂", "▸"], ["also in Chinese (4)"]]


@pytest.mark.parametrize("letter", ["x", "汉", "😀"])
def test_a_shelf_of_huge_titles_is_one_message(letter: str) -> None:
    page = ReportPage((replace(CARD, title=letter * 5000),) * 5, 9, 0, letter * 10, "en")
    assert shown(reports.shelf(page, ENGLISH).html).units <= MESSAGE_UNITS


@pytest.mark.parametrize("word", ["x" * 32, "汉" * 10, "😀" * 8, "a:b:c"])
def test_the_longest_word_fits_every_button(word: str) -> None:
    card, report = replace(CARD, id=2**31), replace(REPORT, id=2**31)
    page = ReportPage((card,) * 5, 100_005, 99_995, word, "en", {"zh": 4})
    ranked = reading(*(sentence(number, number) for number in range(15)))
    keyboards = (
        reports.shelf(page, ENGLISH).keyboard,
        reports.none(page, ENGLISH).keyboard,
        reports.summary(report, ranked, ENGLISH, 15).keyboard,
    )
    actions = [button.action for keyboard in keyboards for button in buttons(keyboard)]
    assert all(len(action.encode()) <= CALLBACK_BYTES for action in actions if action)
    assert sum(str(action).endswith(f":{word}") for action in actions) == 2


def test_a_word_that_no_report_has_leads_back_to_the_shelf() -> None:
    page = ReportPage((), 0, 0, HOSTILE, "en", {"zh": 4})
    message = reports.none(page, ENGLISH)
    assert shown(message.html).text == f"No report with “{HOSTILE}” in it."
    assert labels(message.keyboard) == [["The whole shelf"], ["also in Chinese (4)"]]


def test_an_empty_shelf_says_so() -> None:
    message = reports.none(ReportPage((), 0, 0, "", "en"), ENGLISH)
    assert shown(message.html).text == "There are no reports on the shelf yet."
    assert labels(message.keyboard) == []


def test_the_outline_s_top_headings_open_their_parts() -> None:
    outline = reports.outline(REPORT, RANKED, ENGLISH)
    assert labels(outline.keyboard) == [
        ["1. Strengthening the leadership"], ["2. The rural economy"],
    ]  # fmt: skip
    assert [button.action for button in buttons(outline.keyboard)] == [
        "section:3:1:new", "section:3:2:new",
    ]  # fmt: skip


def test_a_part_shows_its_number_heading_and_quotes_with_the_way_to_its_neighbours() -> None:
    message = reports.section(REPORT, RANKED, ENGLISH, 1)
    text = shown(message.html).text
    assert text.startswith("📖 Work of the township\n2/3 1. Strengthening the leadership\n\n")
    assert [button.action for button in buttons(message.keyboard)] == ["section:3:0", "section:3:2"]
    first = reports.section(REPORT, RANKED, ENGLISH, 0)
    assert "\n1/3\n" in shown(first.html).text
    assert labels(first.keyboard) == [["▸"]]


@pytest.mark.parametrize("number", [-1, 3])
def test_a_part_that_is_not_there_is_one_sentence(number: int) -> None:
    with pytest.raises(UserError, match="no longer there"):
        reports.section(REPORT, RANKED, ENGLISH, number)


def test_a_part_of_huge_sentences_fits_one_message_and_hostile_ones_stay_text() -> None:
    long = reading(*(sentence(n, 210, HOSTILE * 30) for n in range(3)))
    message = shown(reports.section(REPORT, long, ENGLISH, 1).html)
    assert 0 < len(message.marked("blockquote")) < 3
    assert message.units <= MESSAGE_UNITS
