"""Reports: the front matter and the text below it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.content import read_folder
from bot.models.reports import ReportEntry
from tests.content.samples import put, report, told

if TYPE_CHECKING:
    from pathlib import Path


def test_a_report_is_its_front_matter_and_the_text_below(tmp_path: Path) -> None:
    put(tmp_path, "reports/a.md", report("a"))
    content = read_folder(tmp_path)
    text = "1. The first part\n\nIt says one thing. It says another thing."
    assert content.reports == (ReportEntry("a", "en", "A report", text, date(2024, 5, 1)),)
    assert told(content) == []


def test_a_report_may_have_no_date(tmp_path: Path) -> None:
    put(tmp_path, "reports/a.md", report("a").replace("published: 2024-05-01\n", ""))
    (found,) = read_folder(tmp_path).reports
    assert found.published is None


def test_yaml_s_own_opinions_about_values_change_nothing(tmp_path: Path) -> None:
    text = "---\nid: 0012\ntitle: no\nlanguage: no\n---\nText.\n---\nmore\n"
    put(tmp_path, "reports/a.md", text)
    (found,) = read_folder(tmp_path).reports
    assert (found.key, found.title, found.language) == ("0012", "no", "no")
    assert found.text == "Text.\n---\nmore"


def test_chinese_windows_line_ends_and_a_mark_do_no_harm(tmp_path: Path) -> None:
    text = report("a").replace("A report", "报告：第一季度").replace("\n", "\r\n")
    put(tmp_path, "reports/a.md", b"\xef\xbb\xbf" + text.encode())
    (found,) = read_folder(tmp_path).reports
    assert found.title == "报告：第一季度"
    assert "\r" not in found.text


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("---\nid", "id", 1, "begins with a line ---"),
        ("2024-05-01\n---", "2024-05-01", 1, "begins with a line ---"),
        ("id: a\n", "", 1, "“id” is missing"),
        ("id: a\n", "id: a\nid: b\n", 3, "“id” stands twice"),
        ('title: "A report"\n', "", 1, "“title” is missing"),
        ('"A report"', "''", 3, "“title” is empty"),
        ('"A report"', "[a, b]", 3, "one key with one text"),
        ('"A report"', "Harbour: a report", 3, "Putting the text in quotes may help"),
        ('"A report"', '"A report', 3, "no valid YAML"),
        ("language: en", "language: cn", 4, "“cn” is no language"),
        ("language: en", "language: english", 4, "“english” is no language"),
        ("2024-05-01", "2024-13-45", 5, "date “2024-13-45” can't be read"),
        ("2024-05-01", "May 2024", 5, "please write it like 2024-05-01"),
        ("published:", "author: me\npublished:", 5, "“author” is unknown"),
        ("says one", "says\u0007 one", 9, "U+0007"),
    ],
)
def test_a_broken_report_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    put(tmp_path, "reports/a.md", report("a").replace(old, new, 1))
    content = read_folder(tmp_path)
    (problem,) = told(content)
    assert problem.startswith(f"reports/a.md:{line}: ")
    assert words in problem
    assert not content.reports


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (b"", 1, "begins with a line ---"),
        (report("a").split("1. The")[0].encode(), 7, "no text below"),
        (report("a").encode() + b"\n\xff\xfe", 11, "not UTF-8"),
        (("---\nid: a\ntitle: " + "x" * 5000 + "\n---\nText.").encode(), 1, "begins with"),
        (("---\n" + "[" * 3000 + "\n---\nText.").encode(), 1, "no valid YAML"),
        (b"---\njust words\n---\nText.", 2, "a key and its text"),
        (b"---\n---\nText.", 1, "“id” is missing"),
        (report("a").encode() + b"x" * 4_000_001, 7, "below 4,000,000 characters"),
    ],
)
def test_a_file_that_is_no_report_is_one_problem(
    tmp_path: Path, data: bytes, place: int, words: str
) -> None:
    put(tmp_path, "reports/a.md", data)
    (problem,) = told(read_folder(tmp_path))
    assert words in problem
    assert problem.startswith(f"reports/a.md:{place}: ") or "YAML" in words


def test_two_reports_with_one_id_are_told(tmp_path: Path) -> None:
    put(tmp_path, "reports/a.md", report("same"))
    put(tmp_path, "reports/b.md", report("same"))
    (problem,) = told(read_folder(tmp_path))
    assert problem.startswith("reports/b.md:2: The id “same” is taken by reports/a.md:2;")
