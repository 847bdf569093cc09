"""Saved pages: the path is a hint, the title is taken once, the body stays word for word."""

from __future__ import annotations

from bot.reading.page import recognise

TITLE = "Report on the town's bridges"
PAGE = f"Town Site - News headlines - {TITLE}\n\n{TITLE}\n\nA second title\n\nThe bridges stand.\n"


def test_the_path_gives_the_hint_and_the_title_that_repeats_is_taken_once() -> None:
    page = recognise(PAGE)
    assert page.section_hint == "News headlines"
    assert page.title == TITLE
    assert page.body == "A second title\n\nThe bridges stand.\n"


def test_a_title_may_itself_have_dashes() -> None:
    page = recognise("Site - Reports - A - B\nA - B\nThe text begins here.")
    assert (page.section_hint, page.title) == ("Reports", "A - B")
    assert page.body == "The text begins here."


def test_a_chinese_path_with_arrows_is_one_too() -> None:
    page = recognise("首页 > 工作报告 > 年度总结\n年度总结\n全年完成了任务。")
    assert (page.section_hint, page.title, page.body) == (
        "工作报告",
        "年度总结",
        "全年完成了任务。",
    )


def test_dashes_in_prose_are_no_path() -> None:
    text = "The mayor - and the council - and the fire brigade - came.\nNobody else did."
    page = recognise(text)
    assert (page.section_hint, page.title, page.body) == (None, None, text)


def test_a_first_line_that_stands_apart_is_the_title() -> None:
    page = recognise("\ufeffA year of bridges\r\n\r\nThe bridges stand.\r\n")
    assert (page.title, page.body) == ("A year of bridges", "The bridges stand.\r\n")


def test_a_markdown_title_loses_its_sign() -> None:
    page = recognise("# A year of bridges\n\nThe bridges stand.")
    assert (page.title, page.body) == ("A year of bridges", "The bridges stand.")


def test_a_sentence_a_section_and_a_number_are_no_titles() -> None:
    for text in (
        "The bridges stand.\n\nAll of them.",
        "Summary\n\nThey stand.",
        "1. Aims\n\nThey.",
    ):
        assert recognise(text).title is None
        assert recognise(text).body == text


def test_an_empty_page_is_empty() -> None:
    assert recognise("") == recognise("")
    assert recognise("").body == ""
